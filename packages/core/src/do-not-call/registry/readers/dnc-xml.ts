import { type KeyTaking, createMessage } from "../../../platform/message/index.ts";
import { addChange } from "../numbers/change-list.ts";
import { addNumber } from "../numbers/number-set.ts";
import { dateFullList, parseChange, parseDncFileName } from "./us-dnc.ts";
import { type Draft, type FileReader, parseDigits, reportFile } from "./file-reader.ts";

/** Position up to which the list has been read. */
type Position = {
  /** The element that is open; `over` once the list has ended. */
  within: "none" | "list" | "area" | "over";
  areaCode: string;
  /** The only area code that the list may contain, by its file name or its head; empty if it may contain any. */
  only: string;
};

/**
 * Creates a reader for XML lists of the US and Canadian registries:
 *
 *     <list type='full' level='ac' val='818'><ac val='818'><ph val='5550100' /></ac></list>
 *
 * The form of a change list (`type='change'`, with `ts='2022-12-07T02:20:18' ch='A'` at each number) is ASSUMED
 * from the flat one: no description of it was found.
 */
export function createDncXmlReader(draft: Draft, file: string): FileReader {
  const named = parseDncFileName(file);
  const only = named === null ? "" : String(named.area).slice(1);
  const position: Position = { within: "none", areaCode: "", only };
  const before = draft.lines;
  let isRefused = false;
  const refuse = (key: KeyTaking<{ file: string; line: number }>, line: number) => {
    if (!isRefused) reportFile(draft, createMessage(key, { file, line }));
    isRefused = true;
  };
  const tags = createTagReader({
    onTag(tag) {
      if (isRefused) return;
      const fault = applyTag(draft, position, tag);
      if (fault) refuse(fault, tag.line);
    },
    onPhone(bytes, from, line) {
      if (isRefused) return;
      const fault =
        position.within === "area" && draft.kind === "full"
          ? addPhone(draft, position, parseDigits(bytes, from, from + 7))
          : "registry.fault.no-dnc-xml";
      if (fault) refuse(fault, line);
    },
    onBroken: (line) => refuse("registry.fault.no-dnc-xml", line),
  });
  return {
    push: (bytes) => {
      if (!isRefused) tags.push(bytes);
    },
    end() {
      if (position.within !== "over" || tags.isOpen())
        refuse("registry.fault.cut-off", tags.line());
      if (draft.lines === before) refuse("registry.fault.empty", tags.line());
      dateFullList(draft, named);
    },
  };
}

/** Applies a tag. Returns a fault if the tag is not allowed at its position. */
function applyTag(draft: Draft, position: Position, { name, isEnd, isAlone, attributes }: Tag) {
  const { within } = position;
  const val = attributes.get("val") ?? "";
  if (name === "list" && within === "none" && !isEnd && !isAlone)
    return openList(draft, position, attributes);
  if (name === "list" && within === "list" && isEnd) position.within = "over";
  else if (name === "ac" && within === "area" && isEnd) position.within = "list";
  else if (name === "ac" && within === "list" && !isEnd && /^[2-9]\d\d$/.test(val)) {
    if (position.only !== "" && val !== position.only) return "registry.fault.other-area" as const;
    position.areaCode = val;
    // An area without numbers may be a self-closing tag.
    if (!isAlone) position.within = "area";
  } else if (name === "ph" && within === "area" && isAlone && /^\d{7}$/.test(val)) {
    return applyPhone(draft, position, val, attributes);
  } else return "registry.fault.no-dnc-xml" as const;
  return null;
}

function openList(draft: Draft, position: Position, attributes: Tag["attributes"]) {
  const type = attributes.get("type");
  if (type !== "full" && type !== "change") return "registry.fault.no-dnc-xml" as const;
  position.within = "list";
  if (position.only === "" && attributes.get("level") === "ac")
    position.only = attributes.get("val") ?? "";
  draft.kind ??= type;
  return draft.kind === type ? null : ("registry.fault.mixed" as const);
}

function applyPhone(draft: Draft, position: Position, val: string, attributes: Tag["attributes"]) {
  if (draft.kind === "full") return addPhone(draft, position, Number(val));
  const act = parseChange(`,${attributes.get("ts") ?? ""},${attributes.get("ch") ?? ""}`);
  if (act === null) return "registry.fault.no-dnc-xml" as const;
  draft.lines++;
  addChange(draft.changes, toDigits(position, Number(val)), act.atMs, act.isAddition);
  if (act.on > (draft.publishedOn ?? "")) draft.publishedOn = act.on;
  return null;
}

function addPhone(draft: Draft, position: Position, sevenDigits: number) {
  if (Number.isNaN(sevenDigits)) return "registry.fault.no-dnc-xml" as const;
  draft.lines++;
  addNumber(draft.numbers, toDigits(position, sevenDigits));
  return null;
}

const toDigits = ({ areaCode }: Position, sevenDigits: number) =>
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

type TagHandlers = {
  onTag: (tag: Tag) => void;
  /** A phone tag in its usual spelling. Its seven digits begin at `from`. */
  onPhone: (bytes: Uint8Array, from: number, line: number) => void;
  /** Text outside tags, or a tag that cannot be parsed. */
  onBroken: (line: number) => void;
};

/**
 * Creates a reader for XML that consists of tags only: no text, entities or comments. Registries publish nothing
 * more, and anything else is a fault.
 */
function createTagReader({ onTag, onPhone, onBroken }: TagHandlers) {
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
    const read = parseTag(text, line);
    if (read === null) onBroken(line);
    else onTag(read);
  };
  return {
    push(bytes: Uint8Array) {
      for (let at = 0; at < bytes.length;) {
        if (!isInTag && isUsualPhoneTag(bytes, at)) {
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

const usualPhoneTag = new TextEncoder().encode("<ph val='0000000' />");
const [BEFORE_DIGITS, AFTER_DIGITS, PHONE_BYTES] = [9, 16, usualPhoneTag.length];

/** True for `<ph val='5550100' />`. Digits are not checked. */
function isUsualPhoneTag(bytes: Uint8Array, at: number) {
  if (at + PHONE_BYTES > bytes.length) return false;
  for (let index = 0; index < BEFORE_DIGITS; index++) {
    if (bytes[at + index] !== usualPhoneTag[index]) return false;
  }
  for (let index = AFTER_DIGITS; index < PHONE_BYTES; index++) {
    if (bytes[at + index] !== usualPhoneTag[index]) return false;
  }
  return true;
}

const tagPattern =
  /^(?<end>\/?)(?<name>[a-z]+)(?<attributes>(?:\s+[a-z]+\s*=\s*(?:'[^'<&]*'|"[^"<&]*"))*)\s*(?<alone>\/?)$/;

function parseTag(text: string, line: number): Tag | null {
  const read = tagPattern.exec(text)?.groups;
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
