/* Begins the page of one checklist, and of the quick assessment. */

import "../site/every_page.js";
import "../assessment/open_file.js";
import "../assessment/share_file.js";
import { openAnswerNote } from "../assessment/answer_note.js";
import { openBar } from "../assessment/assessment_bar.js";
import { ChecklistPage } from "../assessment/checklist_page.js";
import { openLms } from "../assessment/platform.js";
import { Workshop } from "../assessment/workshop.js";
import { find } from "../core/elements.js";
import { isInPlatform } from "../core/global.js";

openBar();
const page = new ChecklistPage(find(document, "[data-assessment]"));
page.open();
new Workshop(page);
openLms(page);
// There, the platform keeps what is answered, and lms_page.js says so.
if (!isInPlatform) openAnswerNote();
