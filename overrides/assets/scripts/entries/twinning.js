/* Begins the page of the twinning planner. */

import "../site/every_page.js";
import "../planners/twinning_page.js";
