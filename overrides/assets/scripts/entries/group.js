/* Begins the page of what a group answered. */

import "../site/every_page.js";
import "../group/group_page.js";
