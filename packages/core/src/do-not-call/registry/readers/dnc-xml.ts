import type { Message } from "../../../platform/message/index.ts";
import { addChange } from "../numbers/change-list.ts";
import { addNumber } from "../numbers/number-set.ts";
import { dateFullList, readAct, readDncName } from "./us-dnc.ts";
import { type Draft, type FileReader, digitsIn, reportFile } from "./file-reader.ts";

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

const [TAB, LINE_FEED, CARRIAGE_RETURN, SPACE] = [0x09, 0x0a, 0x0d, 0x20];
const [LESS, MORE] = [0x3c, 0x3e];
const LONGEST_TAG = 256;

/** `<ac val='818'>` */
type Tag = {
  name: string;
  isEnd: boolean;
  /** `<ph />` */
  isAlone: boolean;
  attributes: ReadonlyMap<string, string>;
  line: number;
};

type Reading = {
  onTag: (tag: Tag) => void;
  /** A number of a list that is written as nearly all are; its seven digits begin at `from`. */
  onPhone: (bytes: Uint8Array, from: number, line: number) => void;
  /** Anything that is no tag, or a tag that cannot be read. */
  onBroken: (line: number) => void;
};

/**
 * Reads the tags of an XML document that has nothing else in it: no text, no entities, no comments.
 * What a registry publishes needs no more, and what is more is not ours to understand.
 */
function readTags({ onTag, onPhone, onBroken }: Reading) {
  const tag = new Uint8Array(LONGEST_TAG);
  let length = 0;
  let line = 1;
  let isInTag = false;

  const readByte = (byte: number) => {
    if (byte === LINE_FEED) line++;
    if (isInTag) {
      if (byte === MORE) {
        isInTag = false;
        endTag();
      } else if (length === LONGEST_TAG || byte === LESS || byte > 0x7e) onBroken(line);
      else tag[length++] = byte;
    } else if (byte === LESS) {
      isInTag = true;
      length = 0;
    } else if (!isSpace(byte)) onBroken(line);
  };
  const endTag = () => {
    const text = decoder.decode(tag.subarray(0, length));
    if (/^\?xml\s.*\?$/s.test(text)) return;
    const read = tagOf(text, line);
    if (read === null) onBroken(line);
    else onTag(read);
  };
  return {
    push(bytes: Uint8Array) {
      for (let at = 0; at < bytes.length;) {
        if (!isInTag && isPhone(bytes, at)) {
          onPhone(bytes, at + BEFORE_DIGITS, line);
          at += PHONE_BYTES;
        } else readByte(bytes[at++] ?? 0);
      }
    },
    line: () => line,
    isOpen: () => isInTag,
  };
}

const decoder = new TextDecoder("latin1");
const isSpace = (byte: number) =>
  byte === SPACE || byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === TAB;

const usual = new TextEncoder().encode("<ph val='0000000' />");
const [BEFORE_DIGITS, AFTER_DIGITS, PHONE_BYTES] = [9, 16, usual.length];

/** `<ph val='5550100' />` but for the digits themselves. */
function isPhone(bytes: Uint8Array, at: number) {
  if (at + PHONE_BYTES > bytes.length) return false;
  for (let place = 0; place < BEFORE_DIGITS; place++) {
    if (bytes[at + place] !== usual[place]) return false;
  }
  for (let place = AFTER_DIGITS; place < PHONE_BYTES; place++) {
    if (bytes[at + place] !== usual[place]) return false;
  }
  return true;
}

const shape =
  /^(?<end>\/?)(?<name>[a-z]+)(?<attributes>(?:\s+[a-z]+\s*=\s*(?:'[^'<&]*'|"[^"<&]*"))*)\s*(?<alone>\/?)$/;

function tagOf(text: string, line: number): Tag | null {
  const read = shape.exec(text)?.groups;
  if (!read) return null;
  const { name = "", attributes = "" } = read;
  const [isEnd, isAlone] = [read.end === "/", read.alone === "/"];
  if (isEnd && (isAlone || attributes !== "")) return null;
  const pairs = [...attributes.matchAll(/([a-z]+)\s*=\s*(?:'([^']*)'|"([^"]*)")/g)];
  const values = pairs.map(
    ([, key = "", single, double]) => [key, single ?? double ?? ""] as const,
  );
  return { name, isEnd, isAlone, attributes: new Map(values), line };
}
