import { crc32, deflateRawSync } from "node:zlib";

/** January 1, 1980, in the date format of zip archives: the same files make the same archive. */
const DAY = 0x0021;
const DEFLATED = 8;

/** Makes a zip archive of files by name (APPNOTE.TXT 6.3.10, without extensions). */
export function zip(files: Record<string, Uint8Array>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const packed = deflateRawSync(bytes);
    const facts = headerFields(name, bytes, packed);
    const local = Buffer.concat([
      Buffer.from("PK\x03\x04\x14\0", "latin1"),
      facts,
      Buffer.from(name),
    ]);
    parts.push(local, packed);
    directory.push(directoryEntry(name, facts, at));
    at += local.length + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, entries, end]);
}

/** Header fields that stand both before each file and in the directory. */
function headerFields(name: string, bytes: Uint8Array, packed: Buffer) {
  const facts = Buffer.alloc(24);
  facts.writeUInt16LE(DEFLATED, 2);
  facts.writeUInt16LE(DAY, 6);
  facts.writeUInt32LE(crc32(bytes), 8);
  facts.writeUInt32LE(packed.length, 12);
  facts.writeUInt32LE(bytes.length, 16);
  facts.writeUInt16LE(Buffer.byteLength(name), 20);
  return facts;
}

function directoryEntry(name: string, facts: Buffer, at: number) {
  const place = Buffer.alloc(14);
  place.writeUInt32LE(at, 10);
  const head = Buffer.from("PK\x01\x02\x14\0\x14\0", "latin1");
  return Buffer.concat([head, facts, place, Buffer.from(name)]);
}
