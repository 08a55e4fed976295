/* Hands the page of the register what reads and writes tables of other programs: loaded when one is asked for. */

import { abc } from "../core/global.js";
import { ImportPanel } from "../register/import_panel.js";
import { registerTable, registerWorkbook } from "../register/register_table.js";

abc.registerTables = { ImportPanel, registerTable, registerWorkbook };
