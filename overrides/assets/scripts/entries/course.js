import "../site/every_page.js";
import "../site/course_progress.js";
