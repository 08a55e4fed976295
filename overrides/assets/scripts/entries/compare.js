import "../site/every_page.js";
import "../planners/comparison_page.js";
