/* Begins the page of the comparison of networks. */

import "../site/every_page.js";
import "../planners/comparison_page.js";
