import "../site/every_page.js";
import "../group/group_page.js";
