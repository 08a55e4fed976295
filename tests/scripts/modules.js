/* What tests ask of the scripts apart from any page: `abc.modules`. `make scripts` makes modules.bundle.js of it. */

import * as answer from "../../overrides/assets/scripts/assessment/answer.js";
import * as files from "../../overrides/assets/scripts/assessment/assessment_files.js";
import * as assessments from "../../overrides/assets/scripts/assessment/assessment_store.js";
import * as kept from "../../overrides/assets/scripts/assessment/reviews.js";
import * as lms from "../../overrides/assets/scripts/assessment/lms_state.js";
import * as score from "../../overrides/assets/scripts/assessment/score.js";
import { fillWorkbook } from "../../overrides/assets/scripts/assessment/workbook_filling.js";
import { layOver } from "../../overrides/assets/scripts/assessment/workbook_laying.js";
import { readWorkbook } from "../../overrides/assets/scripts/assessment/workbook_reading.js";
import * as voices from "../../overrides/assets/scripts/assessment/voices.js";
import { calendarText } from "../../overrides/assets/scripts/core/calendar_file.js";
import * as documents from "../../overrides/assets/scripts/core/documents.js";
import { abc } from "../../overrides/assets/scripts/core/global.js";
import { spreadsheetBytes } from "../../overrides/assets/scripts/core/spreadsheet_file.js";
import { readSpreadsheet } from "../../overrides/assets/scripts/core/spreadsheet_reader.js";
import { readTable, tableBytes } from "../../overrides/assets/scripts/core/table_text.js";
import * as consensus from "../../overrides/assets/scripts/group/consensus.js";
import * as statistics from "../../overrides/assets/scripts/group/statistics.js";
import * as planners from "../../overrides/assets/scripts/planners/planner_storage.js";
import * as imports from "../../overrides/assets/scripts/register/import_table.js";
import * as dates from "../../overrides/assets/scripts/register/partial_dates.js";
import { proofOf } from "../../overrides/assets/scripts/register/proofs.js";
import * as register from "../../overrides/assets/scripts/register/register_store.js";
import * as registerTables from "../../overrides/assets/scripts/register/register_table.js";
import { FactWords } from "../../overrides/assets/scripts/register/register_words.js";
import { standingOf } from "../../overrides/assets/scripts/register/standing.js";
import * as reviews from "../../overrides/assets/scripts/review/review_store.js";
import { sessionsOf } from "../../overrides/assets/scripts/site/session_plan.js";

Object.assign(abc, {
  modules: {
    ...answer,
    ...files,
    ...assessments,
    ...lms,
    ...score,
    ...voices,
    kept,
    reviews,
    ...documents,
    ...consensus,
    ...statistics,
    ...planners,
    ...register,
    ...imports,
    ...registerTables,
    FactWords,
    dates,
    proofOf,
    readTable,
    standingOf,
    tableBytes,
    calendarText,
    fillWorkbook,
    layOver,
    sessionsOf,
    readSpreadsheet,
    readWorkbook,
    spreadsheetBytes,
  },
});
