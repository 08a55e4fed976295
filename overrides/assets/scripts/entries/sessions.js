/* Begins the page that plans the sessions of a course. */

import "../site/every_page.js";
import "../site/sessions_page.js";
