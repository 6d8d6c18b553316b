/** A regular expression over digits, in the few forms that libphonenumber's plans use. */
type Pattern =
  | { kind: "digit"; mask: number }
  | { kind: "sequence" | "choice"; parts: Pattern[] }
  | { kind: "repeat"; part: Pattern; least: number; most: number };

/**
 * An automaton without empty transitions: each state reads one digit of its mask, and some carry a
 * mark.
 */
export type Nfa<Mark> = { states: { mask: number; to: number[]; mark: Mark | null }[] };

const ANY_DIGIT = 0b11_1111_1111;

/** The digits of a class such as `[2-57]` as a bit mask. */
function parseMask(digits: string): number {
  const ranges = digits.replaceAll(/(\d)-(\d)/g, (_, from: string, to: string) =>
    "0123456789".slice(Number(from), Number(to) + 1),
  );
  return (ranges.match(/\d/g) ?? []).reduce((mask, digit) => mask | (1 << Number(digit)), 0);
}

function parsePattern(source: string): Pattern {
  const tokens =
    source.match(/\((?:\?:)?|\)|\||\?|\{\d+(?:,\d+)?\}|\[[\d-]+\]|\\d|\d|\$/g)?.toReversed() ?? [];
  const peek = () => tokens.at(-1) ?? "";

  const choice = (): Pattern => {
    const parts = [sequence()];
    while (peek() === "|") {
      tokens.pop();
      parts.push(sequence());
    }
    return { kind: "choice", parts };
  };
  const sequence = (): Pattern => {
    const parts: Pattern[] = [];
    while (peek() !== "" && peek() !== "|" && peek() !== ")") parts.push(repeat());
    return { kind: "sequence", parts };
  };
  const repeat = (): Pattern => {
    const part = atom();
    const [, least, most = least] = /^\{(\d+)(?:,(\d+))?\}$/.exec(peek()) ?? [];
    if (least === undefined && peek() !== "?") return part;
    tokens.pop();
    return { kind: "repeat", part, least: Number(least ?? 0), most: Number(most ?? 1) };
  };
  const atom = (): Pattern => {
    const token = tokens.pop() ?? "";
    if (token.startsWith("(")) {
      const inner = choice();
      tokens.pop();
      return inner;
    }
    // The end of input is ignored: such a pattern then matches more, never less.
    if (token === "$") return { kind: "sequence", parts: [] };
    return { kind: "digit", mask: token === "\\d" ? ANY_DIGIT : parseMask(token) };
  };

  const pattern = choice();
  if (tokens.length > 0) throw new Error(`Not understood: ${tokens.toReversed().join("")}`);
  return pattern;
}

/** Adds a pattern that continues at `to`; returns where it begins. */
function addPattern<Mark>(nfa: Nfa<Mark>, pattern: Pattern, to: number[]): number[] {
  switch (pattern.kind) {
    case "digit":
      return [nfa.states.push({ mask: pattern.mask, to, mark: null }) - 1];
    case "sequence":
      return pattern.parts.reduceRight((next, part) => addPattern(nfa, part, next), to);
    case "choice":
      return [...new Set(pattern.parts.flatMap((part) => addPattern(nfa, part, to)))];
    case "repeat": {
      let next = to;
      for (let count = pattern.most; count > 0; count -= 1) {
        const again = addPattern(nfa, pattern.part, next);
        next = count > pattern.least ? [...new Set([...again, ...to])] : again;
      }
      return next;
    }
  }
}

/** Adds a sequence of patterns that ends at `mark`; returns where it begins. */
export function addMarked<Mark>(nfa: Nfa<Mark>, sources: string[], mark: Mark): number[] {
  const end = nfa.states.push({ mask: 0, to: [], mark }) - 1;
  return sources.reduceRight((to, source) => addPattern(nfa, parsePattern(source), to), [end]);
}

/** Adds a prefix after which anything may follow: its mark, once reached, stays. */
export function addMarkedPrefix<Mark>(nfa: Nfa<Mark>, source: string, mark: Mark): number[] {
  const end = nfa.states.push({ mask: ANY_DIGIT, to: [], mark }) - 1;
  nfa.states[end]?.to.push(end);
  return addPattern(nfa, parsePattern(source), [end]);
}
