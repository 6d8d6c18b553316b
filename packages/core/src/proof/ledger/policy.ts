import { type NoteKey, readNoteKey } from "../../platform/note-key.ts";

/** Keys whose signatures make a checkpoint trusted (C2SP tlog-policy). */
export type Policy = {
  logs: readonly NoteKey[];
  witnesses: readonly NoteKey[];
  /** True if these witnesses, by key name, meet the quorum. */
  isMetBy: (names: ReadonlySet<string>) => boolean;
};

type Quorum = (names: ReadonlySet<string>) => boolean;

/** Parses a policy; null if it is not valid. Ignores the addresses of logs and witnesses, which prove nothing. */
export function parsePolicy(text: string): Policy | null {
  const [logs, witnesses]: [NoteKey[], NoteKey[]] = [[], []];
  const known = new Map<string, Quorum>([["none", () => true]]);
  let quorum: Quorum | null = null;
  for (const line of text.split("\n")) {
    const [word = "", ...rest] = line.trim().split(/\s+/);
    if (word === "" || word.startsWith("#")) continue;
    if (quorum !== null) return null; // it is the last line

    const [name = "", second = "", ...members] = rest;
    const key = readNoteKey(word === "log" ? name : second);
    if (word === "log" && key?.type === "log") logs.push(key);
    else if (word === "witness" && key?.type === "witness" && !known.has(name)) {
      witnesses.push(key);
      known.set(name, (names) => names.has(key.name));
    } else if (word === "group" && !known.has(name)) {
      const group = createGroup(second, members, known);
      if (group === null) return null;
      known.set(name, group);
    } else if (word === "quorum") quorum = known.get(name) ?? null;
    else return null;
    if (word === "quorum" && quorum === null) return null;
  }
  return quorum === null ? null : { logs, witnesses, isMetBy: quorum };
}

/** Creates a group: so many of the members named above it. Null if the line is not valid. */
function createGroup(
  asked: string,
  members: readonly string[],
  known: ReadonlyMap<string, Quorum>,
): Quorum | null {
  const quorums = members.flatMap((member) => known.get(member) ?? []);
  const count = asked === "all" ? members.length : asked === "any" ? 1 : Number(asked);
  const isSound =
    quorums.length === members.length &&
    new Set(members).size === members.length &&
    Number.isInteger(count) &&
    count >= 1 &&
    count <= members.length;
  return isSound ? (names) => quorums.filter((is) => is(names)).length >= count : null;
}
