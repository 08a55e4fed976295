/* Begins the pages of the course. */

import "../site/every_page.js";
import "../site/course_progress.js";
import "../site/module_page.js";
import "../site/projector.js";
