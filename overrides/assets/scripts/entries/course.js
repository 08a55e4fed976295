import "../places.js";
import "../site.js";
import "../course.js";
import "../glossary.js";
