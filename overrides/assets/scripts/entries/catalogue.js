import "../places.js";
import "../site.js";
import "../catalogue.js";
import "../glossary.js";
