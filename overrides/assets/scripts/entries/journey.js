/* Begins the page of signing an agreement, from start to finish. */

import "../site/every_page.js";
import "../site/journey.js";
