import { type Nfa, addMarked, addMarkedPrefix } from "./digit-pattern.ts";
import {
  type CodePlan,
  type CountryPlan,
  type NumberType,
  typesAfterFixedLine,
} from "./numbering-plans.ts";

/** Facts that a matching pattern gives about the digits. */
type Mark =
  | { says: "all" | "leading"; of: CountryPlan }
  | { says: "type"; of: CountryPlan; type: NumberType; lengths: number[] }
  | { says: "rewritten" };

/** Result of parsing a number, from its calling code on, with libphonenumber-js. */
export type Finding = {
  country: string | null;
  type: NumberType | "FIXED_LINE_OR_MOBILE";
  /** True if the library takes the digits as they are and drops no trunk prefix. */
  isAsWritten: boolean;
};

/**
 * A deterministic automaton over digits. Children come before parents, and node 0 has no
 * successors.
 */
export type Automaton<Label> = {
  nodes: { label: Label | null; next: number[] }[];
  root: number;
};

/**
 * Lengths of E.164 numbers with calling code. libphonenumber has some that are shorter or longer.
 */
const numberLengths = { min: 7, max: 15 } as const;

function findType(plan: CountryPlan, marks: Mark[], length: number): Finding["type"] | undefined {
  const ofPlan = marks.filter((mark) => mark.says !== "rewritten" && mark.of === plan);
  if (!ofPlan.some((mark) => mark.says === "all")) return undefined;
  const types = new Set(
    ofPlan.flatMap((mark) =>
      mark.says === "type" && mark.lengths.includes(length) ? [mark.type] : [],
    ),
  );
  if (!types.has("FIXED_LINE")) return typesAfterFixedLine.find((type) => types.has(type));
  return plan.mixesMobile || types.has("MOBILE") ? "FIXED_LINE_OR_MOBILE" : "FIXED_LINE";
}

/** Decides as `getCountryByNationalNumber` and `getNumberType` of libphonenumber-js do. */
function decideFinding({ countries }: CodePlan, marks: Mark[], length: number): Finding | null {
  const hasLeadingMark = (plan: CountryPlan) =>
    marks.some((mark) => mark.says === "leading" && mark.of === plan);
  const plan =
    countries.length === 1
      ? countries[0]
      : countries.find((each) =>
          each.leading === null
            ? findType(each, marks, length) !== undefined
            : hasLeadingMark(each),
        );
  const type = plan && findType(plan, marks, length);
  if (plan === undefined || type === undefined) return null;
  const isMain = marks.some((mark) => mark.says === "all" && mark.of === countries[0]);
  const isAsWritten = isMain && !marks.some((mark) => mark.says === "rewritten");
  return { country: plan.country, type, isAsWritten };
}

/** Combines all patterns of a calling code, and returns where they begin. */
function combinePatterns({ countries, trunk, isRewritten }: CodePlan): {
  nfa: Nfa<Mark>;
  start: number[];
} {
  const nfa: Nfa<Mark> = { states: [] };
  const start = countries.flatMap((of) => [
    ...addMarked<Mark>(nfa, [of.all], { says: "all", of }),
    ...(of.leading === null ? [] : addMarkedPrefix<Mark>(nfa, of.leading, { says: "leading", of })),
    ...of.types.flatMap(({ pattern, ...type }) =>
      addMarked<Mark>(nfa, [pattern], { says: "type", of, ...type }),
    ),
  ]);
  // A trunk prefix is dropped where a possible number remains; a rewritten one may do anything.
  if (trunk !== null) {
    const rewritten: Mark = { says: "rewritten" };
    start.push(...addMarked(nfa, [trunk, countries[0]?.all ?? ""], rewritten));
    if (isRewritten) start.push(...addMarkedPrefix(nfa, trunk, rewritten));
  }
  return { nfa, start };
}

/** Creates nodes, reusing one that accepts the same, so that the automaton is minimal. */
function createNodes<Label>() {
  const nodes: Automaton<Label>["nodes"] = [{ label: null, next: Array<number>(10).fill(0) }];
  const ids = new Map([[`null ${nodes[0]?.next.join()}`, 0]]);
  const intern = (label: Label | null, next: number[]): number => {
    const key = `${String(label)} ${next.join()}`;
    const existing = ids.get(key);
    if (existing !== undefined) return existing;
    ids.set(key, nodes.length);
    return nodes.push({ label, next }) - 1;
  };
  return { nodes, intern };
}

/** Automaton of every number in the world, labeled with what is found in each. */
export function buildNumberAutomaton<Label extends string | number>(
  plans: readonly CodePlan[],
  toLabel: (finding: Finding) => Label,
): Automaton<Label> {
  const { nodes, intern } = createNodes<Label>();

  const buildCodeNode = (plan: CodePlan): number => {
    const { nfa, start } = combinePatterns(plan);
    const built = new Map<string, number>();
    const buildNode = (states: number[], length: number): number => {
      const key = `${states.join()} ${length}`;
      const existing = built.get(key);
      if (existing !== undefined) return existing;
      const here = states.flatMap((state) => nfa.states[state] ?? []);
      // A branch of prefixes and rewritings alone can no longer become a number.
      const isAlive = here.some(({ mask, mark }) => mark === null || mask === 0);
      const marks = here.flatMap(({ mark }) => mark ?? []);
      const digits = plan.code.length + length;
      const isPossible = isAlive && digits >= numberLengths.min && digits <= numberLengths.max;
      const finding = isPossible ? decideFinding(plan, marks, length) : null;
      const next = Array.from({ length: isAlive ? 10 : 0 }, (_, digit) => {
        const following = here.flatMap(({ mask, to }) => ((mask >> digit) & 1 ? to : []));
        return buildNode(
          [...new Set(following)].toSorted((a, b) => a - b),
          length + 1,
        );
      });
      const node = isAlive ? intern(finding && toLabel(finding), next) : 0;
      built.set(key, node);
      return node;
    };
    return buildNode(
      start.toSorted((a, b) => a - b),
      0,
    );
  };

  const byCode = new Map(plans.map((plan) => [plan.code, buildCodeNode(plan)]));
  const buildPrefixNode = (prefix: string): number => {
    const ofCode = byCode.get(prefix);
    if (ofCode !== undefined) return ofCode;
    if (prefix.length === 3) return 0;
    return intern(
      null,
      Array.from({ length: 10 }, (_, digit) => buildPrefixNode(`${prefix}${digit}`)),
    );
  };
  return { nodes, root: buildPrefixNode("") };
}
