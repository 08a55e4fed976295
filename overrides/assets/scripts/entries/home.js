/* Begins the home page. */

import "../site/every_page.js";
import "../assessment/way_back.js";
