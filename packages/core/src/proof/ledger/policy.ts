import { type NoteKey, readNoteKey } from "../../platform/note-key.ts";

/** Keys whose signatures make a checkpoint trusted (C2SP tlog-policy). */
export type Policy = {
  logs: readonly NoteKey[];
  witnesses: readonly NoteKey[];
  /** True if these witnesses, by key name, meet the quorum. */
  isMetBy: (names: ReadonlySet<string>) => boolean;
};

type Quorum = (names: ReadonlySet<string>) => boolean;

/**
 * Parses a policy; null if it is not valid, such as without a quorum. Ignores the addresses of logs and witnesses,
 * which prove nothing. It may name no log: then no checkpoint is trusted.
 */
export function parsePolicy(text: string): Policy | null {
  const [logs, witnesses]: [NoteKey[], NoteKey[]] = [[], []];
  const quorums = new Map<string, Quorum>([["none", () => true]]);
  let quorum: Quorum | null = null;
  for (const line of text.split("\n")) {
    const [word = "", ...rest] = line.trim().split(/\s+/);
    if (word === "" || word.startsWith("#")) continue;
    if (quorum !== null) return null; // the quorum is the last line

    const [name = "", second = "", ...members] = rest;
    const key = readNoteKey(word === "log" ? name : second);
    if (word === "log" && key?.type === "log") logs.push(key);
    else if (word === "witness" && key?.type === "witness" && !quorums.has(name)) {
      witnesses.push(key);
      quorums.set(name, (names) => names.has(key.name));
    } else if (word === "group" && !quorums.has(name)) {
      const group = createGroup(second, members, quorums);
      if (group === null) return null;
      quorums.set(name, group);
    } else if (word === "quorum") quorum = quorums.get(name) ?? null;
    else return null;
    if (word === "quorum" && quorum === null) return null;
  }
  return quorum === null ? null : { logs, witnesses, isMetBy: quorum };
}

/**
 * Creates the quorum of a group: `threshold` (`all`, `any` or a number) of the members, which were named in lines
 * above it. Null if the line is not valid.
 */
function createGroup(
  threshold: string,
  members: readonly string[],
  quorums: ReadonlyMap<string, Quorum>,
): Quorum | null {
  const memberQuorums = members.flatMap((member) => quorums.get(member) ?? []);
  const count = threshold === "all" ? members.length : threshold === "any" ? 1 : Number(threshold);
  const isValid =
    memberQuorums.length === members.length &&
    new Set(members).size === members.length &&
    Number.isInteger(count) &&
    count >= 1 &&
    count <= members.length;
  return isValid
    ? (names) => memberQuorums.filter((isMetBy) => isMetBy(names)).length >= count
    : null;
}
