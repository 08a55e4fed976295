import "../site/every_page.js";
import "../site/journey.js";
