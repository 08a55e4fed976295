import "../site/every_page.js";
import "../site/catalogue.js";
