/* What the page of the register needs only for tables of other programs. */

import { abc } from "../core/global.js";
import { ImportPanel } from "../register/import_panel.js";
import { registerTable, registerWorkbook } from "../register/register_table.js";

abc.registerTables = { ImportPanel, registerTable, registerWorkbook };
