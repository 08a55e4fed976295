import "../site/every_page.js";
import "../site/sessions_page.js";
