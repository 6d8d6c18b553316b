import { type Nfa, addMarked, addMarkedPrefix } from "./digit-pattern.ts";
import {
  type CodePlan,
  type CountryPlan,
  type NumberType,
  typesAfterFixedLine,
} from "./numbering-plans.ts";

/** What a pattern says of the digits that match it. */
type Mark =
  | { says: "all" | "leading"; of: CountryPlan }
  | { says: "type"; of: CountryPlan; type: NumberType; lengths: number[] }
  | { says: "rewritten" };

/** What libphonenumber-js finds in the digits of a number, its calling code first. */
export type Finding = {
  country: string | null;
  type: NumberType | "FIXED_LINE_OR_MOBILE";
  /** Whether the library takes them as they are, and leaves out no trunk prefix. */
  isAsWritten: boolean;
};

/** A deterministic automaton over digits: children come before parents, 0 is where nothing follows. */
export type Automaton<Label> = {
  nodes: { label: Label | null; next: number[] }[];
  root: number;
};

/** Of E.164, calling code included; libphonenumber has some that are shorter or longer. */
const digitsOfNumber = { min: 7, max: 15 } as const;

function typeOf(plan: CountryPlan, marks: Mark[], length: number): Finding["type"] | undefined {
  const own = marks.filter((mark) => mark.says !== "rewritten" && mark.of === plan);
  if (!own.some((mark) => mark.says === "all")) return undefined;
  const types = new Set(
    own.flatMap((mark) =>
      mark.says === "type" && mark.lengths.includes(length) ? [mark.type] : [],
    ),
  );
  if (!types.has("FIXED_LINE")) return typesAfterFixedLine.find((type) => types.has(type));
  return plan.mixesMobile || types.has("MOBILE") ? "FIXED_LINE_OR_MOBILE" : "FIXED_LINE";
}

/** As `getCountryByNationalNumber` and `getNumberType` of libphonenumber-js decide. */
function findingOf({ countries }: CodePlan, marks: Mark[], length: number): Finding | null {
  const isLed = (plan: CountryPlan) =>
    marks.some((mark) => mark.says === "leading" && mark.of === plan);
  const plan =
    countries.length === 1
      ? countries[0]
      : countries.find((each) =>
          each.leading === null ? typeOf(each, marks, length) !== undefined : isLed(each),
        );
  const type = plan && typeOf(plan, marks, length);
  if (plan === undefined || type === undefined) return null;
  const isMain = marks.some((mark) => mark.says === "all" && mark.of === countries[0]);
  const isAsWritten = isMain && !marks.some((mark) => mark.says === "rewritten");
  return { country: plan.country, type, isAsWritten };
}

/** All patterns of a calling code side by side, and where they begin. */
function patternsOf({ countries, trunk, isRewritten }: CodePlan): {
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
  // A trunk prefix is left out where a possible number remains; a rewritten one may do anything.
  if (trunk !== null) {
    const rewritten: Mark = { says: "rewritten" };
    start.push(...addMarked(nfa, [trunk, countries[0]?.all ?? ""], rewritten));
    if (isRewritten) start.push(...addMarkedPrefix(nfa, trunk, rewritten));
  }
  return { nfa, start };
}

/** Nodes that accept the same are one: the automaton is minimal. */
function createNodes<Label>() {
  const nodes: Automaton<Label>["nodes"] = [{ label: null, next: Array<number>(10).fill(0) }];
  const ids = new Map([[`null ${nodes[0]?.next.join()}`, 0]]);
  const idOf = (label: Label | null, next: number[]): number => {
    const key = `${String(label)} ${next.join()}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, nodes.length);
    return nodes.push({ label, next }) - 1;
  };
  return { nodes, idOf };
}

/** The automaton of every number in the world, each with the label of what is found in it. */
export function numberAutomaton<Label extends string | number>(
  plans: readonly CodePlan[],
  labelOf: (finding: Finding) => Label,
): Automaton<Label> {
  const { nodes, idOf } = createNodes<Label>();

  const nodeOfCode = (plan: CodePlan): number => {
    const { nfa, start } = patternsOf(plan);
    const known = new Map<string, number>();
    const nodeOf = (states: number[], length: number): number => {
      const key = `${states.join()} ${length}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const here = states.flatMap((state) => nfa.states[state] ?? []);
      // What only leads or is rewritten comes to no number any more.
      const isAlive = here.some(({ mask, mark }) => mark === null || mask === 0);
      const marks = here.flatMap(({ mark }) => mark ?? []);
      const digits = plan.code.length + length;
      const isPossible = isAlive && digits >= digitsOfNumber.min && digits <= digitsOfNumber.max;
      const finding = isPossible ? findingOf(plan, marks, length) : null;
      const next = Array.from({ length: isAlive ? 10 : 0 }, (_, digit) => {
        const following = here.flatMap(({ mask, to }) => ((mask >> digit) & 1 ? to : []));
        return nodeOf(
          [...new Set(following)].toSorted((a, b) => a - b),
          length + 1,
        );
      });
      const node = isAlive ? idOf(finding && labelOf(finding), next) : 0;
      known.set(key, node);
      return node;
    };
    return nodeOf(
      start.toSorted((a, b) => a - b),
      0,
    );
  };

  const byCode = new Map(plans.map((plan) => [plan.code, nodeOfCode(plan)]));
  const nodeOfPrefix = (prefix: string): number => {
    const ofCode = byCode.get(prefix);
    if (ofCode !== undefined) return ofCode;
    if (prefix.length === 3) return 0;
    return idOf(
      null,
      Array.from({ length: 10 }, (_, digit) => nodeOfPrefix(`${prefix}${digit}`)),
    );
  };
  return { nodes, root: nodeOfPrefix("") };
}
