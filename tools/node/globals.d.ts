/* What scripts share with the pages they run on: the one global, and the shapes of what Python writes for them. */

/** Words of the interface, by their place in the locale file. */
type Texts = { [name: string]: string };

/** The words that say numbers, dates and answers: `t.format` and what a score is read by. */
interface FormatWords {
  format: Texts;
}

interface Band {
  from: number;
  name: string;
  meaning: string;
}

/** One language's words for the self-assessment; a page of one checklist has not all of them. */
interface InstrumentWords extends FormatWords {
  results: Texts & { said: Texts; law: Texts };
  store: Texts;
  reset: Texts;
  index: Texts;
  assessments: Texts & { states: Texts; problems: Texts };
  before: Texts;
  record: Texts;
  filter: Texts;
  changed: Texts;
  review: Texts;
  reviews: Texts & { marks: Texts; counts: Texts; columns: Texts };
  workshop: Texts;
  one_by_one: Texts;
  check: Texts;
  overview: Texts;
  plan: Texts;
  documents: Texts & { files: Texts };
  report: Texts;
  bands: Band[];
  over_flags: { name: string; meaning: string };
  statuses: string[];
  levels: string[];
}

/** What of other instruments criteria correspond to: assets/crosswalk/<language>.js. */
interface Crosswalk {
  frames: {
    id: string;
    short: string;
    groups: { id: string; name: string; criteria: string[] }[];
    none: string[];
  }[];
  words: Texts;
}

/** The columns of the workbook that the site reads and fills. */
type WorkbookColumn = "id" | "answer" | "note" | "place" | "target" | "what" | "who" | "due";

/** One language's words of the workbook: assets/workbook/<language>.js. */
interface WorkbookWords {
  columns: Record<WorkbookColumn, string>;
  names: Record<"municipality" | "round" | "date", string>;
  about: Record<"municipality" | "round" | "date", string>;
  answers: string[];
  /** The criteria that always apply. */
  applicable: string[];
  words: Texts & { problems: Texts; reasons: Texts };
}

/** A workbook that was opened: its answers, and what is said of its cells. */
interface OpenedWorkbook {
  document?: Assessment;
  mended?: number;
  problem?: string;
  /** Of a file of another kind. */
  kind?: unknown;
  sentence?: string;
  report?: Node;
  /** The same, completed with what those in use say besides. */
  compared?: Assessment;
}

interface CriterionTexts {
  levels: string[];
  evidence: string;
  next_step: string;
}

/** One language's words and checklists: assets/instrument/<language>.js; `texts` from <language>-texts.js. */
interface Instrument {
  words: InstrumentWords;
  checklists: Checklist[];
  texts?: Record<string, CriterionTexts>;
}

/** An instrument whose longer texts have come. */
interface FullInstrument extends Instrument {
  texts: Record<string, CriterionTexts>;
}

interface ChecklistChange {
  version: number;
  added?: string[];
  reworded?: string[];
  meaning?: string[];
  retired?: string[];
}

interface Checklist {
  id: string;
  version: number;
  title: string;
  short: string;
  url: string;
  foundation: number;
  criteria: Criterion[];
  retired: { id: string; statement: string }[];
  changes: ChecklistChange[];
}

/** What scores ask of a criterion: `critical` is the highest level that still breaks the law. */
interface ScoredCriterion {
  id: string;
  weight: number;
  critical: number | null;
  quick: boolean;
}

interface Criterion extends ScoredCriterion {
  review: "once" | "annual";
  statement: string;
}

/** A level from 0 to 3, "no_information" or "not_applicable"; files may hold anything. */
type Answer = unknown;

/** What is kept of one criterion (see answer.js). It comes from strangers' files: nothing in it is trusted. */
interface AnswerRecord {
  answer?: Answer;
  version?: unknown;
  answered?: unknown;
  updated?: unknown;
  reason?: unknown;
  note?: unknown;
  confidence?: unknown;
  target?: unknown;
  evidence?: unknown;
  plan?: unknown;
  voices?: unknown;
  settled?: unknown;
  [name: string]: unknown;
}

/** What every kept document has (see browser_storage.js). */
interface KeptDocument {
  kind: string;
  format: number;
  id: string;
  title: string;
  created: string;
  updated: string;
  described?: string;
  filed?: string;
  round?: string;
  [name: string]: unknown;
}

/** A municipality's answers in one round. */
interface Assessment extends KeptDocument {
  round: string;
  checklists: Record<string, { version?: number; criteria: Record<string, AnswerRecord> }>;
  areas?: unknown;
  /** What reviewers said of it (see reviews.js). */
  reviews?: unknown;
}

/** What a planner keeps of one thing; it comes from strangers' files. */
interface PlannerItem {
  updated?: unknown;
  [name: string]: unknown;
}

interface PlannerDocument extends KeptDocument {
  items: Record<string, PlannerItem>;
}

/** What the directory says of a network: assets/networks/<language>.js. */
interface NetworkFacts {
  name: string;
  short: string;
  fee: string;
  status: string;
  active: boolean;
  mexico: string;
  verified: boolean;
  checked: string;
  as_of: string;
  doubts: string[];
  sources: string[];
}

/** What search/<language>-titles.js brings. */
interface SearchTitles {
  titles: [string, string][];
  ignored: string[];
  typed: [string, string | number, ...string[]][];
  worth: [string, number][];
}

/** What a learning platform gives a package to talk to it (SCORM 1.2). */
type LmsApi = Record<
  "LMSInitialize" | "LMSFinish" | "LMSCommit" | "LMSGetValue" | "LMSSetValue",
  (...said: string[]) => unknown
>;

/** The one name of ours on every page: what data scripts write to and call, and what tests look at. */
/** A piece of a template's text: as it is, or a place to fill in with what the site may know of it. */
type OfficeRun =
  | string
  | { field: string; fact?: string }
  | { link: string; url: string }
  | { strong: string }
  | { emphasis: string };

type OfficeBlock =
  | ["h2" | "h3" | "p" | "note", OfficeRun[]]
  | ["bullet", OfficeRun[][]]
  | ["number", OfficeRun[][]]
  | ["check", OfficeRun[][]]
  | ["table", OfficeRun[][][], number[]];

interface OfficeTemplate {
  title: string;
  criteria: string[];
  licence: string;
  blocks: OfficeBlock[];
}

interface OfficeData {
  locale: string;
  words: Texts & { missing: string; own_line: string; caption: string };
  parts: { styles: string; numbering: string; settings: string };
  /** How the facts of a kept agreement are said. */
  register: { fields: object[]; unknown: string; indefinite: string; unnamed_partner: string };
  templates: Record<string, OfficeTemplate>;
}

interface SiteGlobal {
  /** What was used before the scripts came (partials/early.html). */
  early?: { used: Set<Element>; moved: boolean };
  instruments?: Record<string, Instrument>;
  /** Words and checklist of the page itself, where it needs no other. */
  parts?: Record<string, Instrument>;
  example?: unknown;
  /** The words of a page inside a package, by language: assets/instrument/<language>-lms.js. */
  lms?: Record<string, Texts>;
  /** Of the bundle lms_page.js. */
  openLms?: (
    ...shared: ConstructorParameters<typeof import("../../overrides/assets/scripts/assessment/lms_page.js").LmsPage>
  ) => unknown;
  /** What the platform is to keep; `null` while there is nothing to tell it. */
  lmsState?: () => string | null;
  networks?: Record<string, NetworkFacts>;
  /** What Word documents are made with, by language: assets/office/<language>.js. */
  office?: Record<string, OfficeData>;
  /** What makes them: bundles/word.js. */
  word?: import("../../overrides/assets/scripts/entries/word.js").WordTools;
  /** What the page of the register needs for tables of other programs: assets/bundles/register_tables.js. */
  registerTables?: {
    ImportPanel: typeof import("../../overrides/assets/scripts/register/import_panel.js").ImportPanel;
    registerTable: typeof import("../../overrides/assets/scripts/register/register_table.js").registerTable;
    registerWorkbook: typeof import("../../overrides/assets/scripts/register/register_table.js").registerWorkbook;
  };
  crosswalks?: Record<string, Crosswalk>;
  workbooks?: Record<string, WorkbookWords>;
  /** The workbook of a language, in base 64: assets/workbook/<language>-file.js. */
  workbookFiles?: Record<string, string>;
  /** assets/bundles/workbook.js: comes when a workbook is opened or asked for. */
  workbook?: {
    open(file: File, mine: Assessment): Promise<OpenedWorkbook>;
    fill(assessment: Assessment, instrument: Instrument, code: string): Promise<Uint8Array<ArrayBuffer>>;
  };
  /** assets/bundles/reviews.js: comes where answers were reviewed, or a review is opened. */
  reviews?: import("../../overrides/assets/scripts/entries/reviews.js").ReviewTools;
  search?: {
    start(): Promise<void>;
    titles(data: SearchTitles): void;
    texts(data: string[]): void;
  };
  /** The words of the copy for where there is no network: assets/offline/<language>.js. */
  offline?: Record<string, Record<string, string>>;
  /** Of the bundle offline_copy.js. */
  copy?: { show(): void; press(): void };
  page?: object;
}

/** What a service worker has instead of a window, and what the build writes before it. */
interface CopyScope {
  abcCopy: { version: string; files: Record<string, string>; gone: string };
  registration: { scope: string };
  clients: {
    claim(): Promise<void>;
    matchAll(options: { includeUncontrolled: boolean }): Promise<{ postMessage(said: object): void }[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(
    name: "install" | "activate",
    on: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
  addEventListener(
    name: "fetch",
    on: (event: {
      request: Request;
      clientId: string;
      resultingClientId: string;
      respondWith(answer: Promise<Response>): void;
    }) => void,
  ): void;
  addEventListener(
    name: "message",
    on: (event: { source: { id: string } | null; ports: readonly MessagePort[] }) => void,
  ): void;
}

interface Window {
  abc?: SiteGlobal;
}

/* assets/vendor/minisearch.js */
interface MiniSearchQuery {
  combineWith: "AND" | "OR";
  queries: (string | MiniSearchQuery)[];
  prefix?: (term: string, place: number, terms: string[]) => boolean;
  fuzzy?: (term: string) => number | false;
}
interface MiniSearchResult {
  id: number;
  score: number;
  terms: string[];
  match: Record<string, string[]>;
}
declare class MiniSearch {
  constructor(options: object);
  addAll(entries: object[]): void;
  search(query: MiniSearchQuery | string, options?: object): MiniSearchResult[];
}
