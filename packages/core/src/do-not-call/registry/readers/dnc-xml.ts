import type { Message } from "../../../platform/message/index.ts";
import { addChange } from "../change-list.ts";
import { addNumber } from "../number-set.ts";
import { dateFullList, readDncName } from "./dnc-name.ts";
import { type Draft, type FileReader, reportFile } from "./draft.ts";
import { digitsIn } from "./read-lines.ts";
import { readAct } from "./us-line.ts";
import { readTags, type Tag } from "./xml-tags.ts";

/** Where in a list a tag stands. */
type Place = { within: "none" | "list" | "area" | "over"; areaCode: string; only: string };

/**
 * Reads a list in XML, as the registries of the US and of Canada publish it:
 *
 *     <list type='full' level='ac' val='818'><ac val='818'><ph val='5550100' /></ac></list>
 *
 * A change list (`type='change'`, with `ts='2022-12-07T02:20:18' ch='A'` at each number) is ASSUMED
 * after the flat one: no description of it was found.
 */
export function readDncXml(draft: Draft, file: string): FileReader {
  const named = readDncName(file);
  const only = named === null ? "" : String(named.area).slice(1);
  const place: Place = { within: "none", areaCode: "", only };
  const before = draft.lines;
  let isLost = false;
  const lose = (key: Message["key"], line: number) => {
    if (!isLost) reportFile(draft, { key, values: { file, line } });
    isLost = true;
  };
  const tags = readTags({
    onTag(tag) {
      if (isLost) return;
      const fault = takeTag(draft, place, tag);
      if (fault) lose(fault, tag.line);
    },
    onPhone(bytes, from, line) {
      if (isLost) return;
      const fault =
        place.within === "area" && draft.kind === "full"
          ? addPhone(draft, place, digitsIn(bytes, from, from + 7))
          : "registry.fault.no-dnc-xml";
      if (fault) lose(fault, line);
    },
    onBroken: (line) => lose("registry.fault.no-dnc-xml", line),
  });
  return {
    push: (bytes) => {
      if (!isLost) tags.push(bytes);
    },
    end() {
      if (place.within !== "over" || tags.isOpen()) lose("registry.fault.cut-off", tags.line());
      if (draft.lines === before) lose("registry.fault.empty", tags.line());
      dateFullList(draft, named);
    },
  };
}

/** Takes a tag where it may stand; what is wrong with it, if anything is. */
function takeTag(draft: Draft, place: Place, { name, isEnd, isAlone, attributes }: Tag) {
  const { within } = place;
  const val = attributes.get("val") ?? "";
  if (name === "list" && within === "none" && !isEnd && !isAlone)
    return openList(draft, place, attributes);
  if (name === "list" && within === "list" && isEnd) place.within = "over";
  else if (name === "ac" && within === "area" && isEnd) place.within = "list";
  else if (name === "ac" && within === "list" && !isEnd && /^[2-9]\d\d$/.test(val)) {
    if (place.only !== "" && val !== place.only) return "registry.fault.other-area" as const;
    place.areaCode = val;
    // An area without a number may be written as one tag.
    if (!isAlone) place.within = "area";
  } else if (name === "ph" && within === "area" && isAlone && /^\d{7}$/.test(val)) {
    return takePhone(draft, place, val, attributes);
  } else return "registry.fault.no-dnc-xml" as const;
  return null;
}

function openList(draft: Draft, place: Place, attributes: Tag["attributes"]) {
  const type = attributes.get("type");
  if (type !== "full" && type !== "change") return "registry.fault.no-dnc-xml" as const;
  place.within = "list";
  if (place.only === "" && attributes.get("level") === "ac")
    place.only = attributes.get("val") ?? "";
  draft.kind ??= type;
  return draft.kind === type ? null : ("registry.fault.mixed" as const);
}

function takePhone(draft: Draft, place: Place, val: string, attributes: Tag["attributes"]) {
  if (draft.kind === "full") return addPhone(draft, place, Number(val));
  const act = readAct(`,${attributes.get("ts") ?? ""},${attributes.get("ch") ?? ""}`);
  if (act === null) return "registry.fault.no-dnc-xml" as const;
  draft.lines++;
  addChange(draft.changes, digitsOf(place, Number(val)), act.atMs, act.isAddition);
  if (act.on > (draft.publishedOn ?? "")) draft.publishedOn = act.on;
  return null;
}

function addPhone(draft: Draft, place: Place, sevenDigits: number) {
  if (Number.isNaN(sevenDigits)) return "registry.fault.no-dnc-xml" as const;
  draft.lines++;
  addNumber(draft.numbers, digitsOf(place, sevenDigits));
  return null;
}

const digitsOf = ({ areaCode }: Place, sevenDigits: number) =>
  10_000_000_000 + Number(areaCode) * 10_000_000 + sevenDigits;
