const [TAB, LINE_FEED, CARRIAGE_RETURN, SPACE] = [0x09, 0x0a, 0x0d, 0x20];
const [LESS, MORE] = [0x3c, 0x3e];
const LONGEST_TAG = 256;

/** `<ac val='818'>` */
export type Tag = {
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
export function readTags({ onTag, onPhone, onBroken }: Reading) {
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
