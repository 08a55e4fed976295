/* What the scripts of the site share without saying so. They are classic scripts: each adds to `abc`. */

declare const abc: any;
declare const MiniSearch: any;

interface Window {
  abc: any;
}

/* Our templates say which element stands where; a script that asks for it knows. */
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}

interface Element {
  closest(selectors: string): any;
}

interface Document {
  getElementById(id: string): any;
}

/* Who listens to an event on an element gets elements. */
interface EventTarget {
  closest(selectors: string): any;
  click(): void;
  checked: boolean;
}

interface SVGScriptElement {
  src: string;
}

/* The words of the interface in one language, by their place in the locale file. */
interface Words {
  [name: string]: any;
}

/* One language's words, checklists and longer texts: assets/instrument/<language>.js. */
interface Instrument {
  words: Words;
  checklists: Checklist[];
  texts?: Record<string, { levels: string[]; evidence: string; next_step: string }>;
}

interface Checklist {
  id: string;
  version: number;
  title: string;
  short: string;
  url: string;
  criteria: Criterion[];
  retired: { id: string; statement: string }[];
}

interface Criterion {
  id: string;
  weight: number;
  critical: number | null;
  statement: string;
}

/* A municipality's answers in one round, as the store keeps them; what store.js says holds. */
interface Assessment {
  checklists: Record<string, { version: number; criteria: Record<string, any> }>;
  [name: string]: any;
}
