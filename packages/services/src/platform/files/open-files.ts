import { createReadStream } from "node:fs";
import { access, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { FileName, FolderName } from "./file-name.ts";

/** Storage for uploads and results, which are large and can be erased, so they are not in the database. */
export type FileStore = {
  /**
   * Whole or not at all: a writer that is killed leaves nothing under the name. Gives the bytes. A chunk
   * has to stand until the one after the next is asked for: it is written while the next is made.
   */
  write: (name: FileName, content: AsyncIterable<Uint8Array>) => Promise<number>;
  /** Throws `ENOENT` when it is read and there is none. */
  read: (name: FileName) => AsyncIterable<Uint8Array>;
  /** Nothing happens when there is none. */
  erase: (name: FileName) => Promise<void>;
  has: (name: FileName) => Promise<boolean>;
  /** Puts one file in the place of another. */
  replace: (name: FileName, by: FileName) => Promise<void>;
  /** Erases what a killed writer left of a file. */
  eraseDraft: (name: FileName) => Promise<void>;
  /** Erases what lies in a folder, drafts of killed writers too, but for the names that `isKept` tells. */
  eraseIn: (folder: FolderName, isKept: (name: string) => boolean) => Promise<void>;
};

/** A folder, for this user's eyes alone. */
export function openFiles(folder: string): FileStore {
  if (folder.startsWith("s3://")) {
    throw new Error("RINGFENCE_FILES names a bucket, which is not supported yet: name a folder.");
  }
  const filePath = (name: FileName) => path.join(folder, ...FileName.parse(name).split("/"));
  const folderPath = (name: FolderName) => path.join(folder, ...FolderName.parse(name).split("/"));

  return {
    async write(name, content) {
      const place = filePath(name);
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
      // One name has one writer at a time: ids are never given twice, and a run has one worker.
      const draft = draftPath(place);
      const bytes = await writeDraft(draft, content);
      await rename(draft, place);
      return bytes;
    },
    read: (name) => streamFile(filePath(name)),
    erase: (name) => rm(filePath(name), { force: true }),
    has: (name) => access(filePath(name)).then(() => true, isMissing),
    replace: (name, by) => rename(filePath(by), filePath(name)),
    eraseDraft: (name) => rm(draftPath(filePath(name)), { force: true }),
    async eraseIn(name, isKept) {
      const place = folderPath(name);
      await mkdir(place, { recursive: true, mode: 0o700 });
      for (const file of await readdir(place)) {
        if (!isKept(`${name}/${file}`)) await rm(path.join(place, file), { force: true });
      }
    },
  };
}

const draftPath = (place: string) => `${place}.draft`;

/** False of a file that is not there; any other fault says nothing of that. */
function isMissing(error: NodeJS.ErrnoException): false {
  if (error.code === "ENOENT") return false;
  throw error;
}

/** Opened when it is read: a stream that nobody reads stays open, and ends the process if it fails. */
async function* streamFile(place: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(place, { highWaterMark: pieceBytes });
}

/** Piece size for reading. A busy process returns too seldom for smaller pieces. */
const pieceBytes = 1_024 * 1_024;

/** So many bytes are put on the disk while the next ones are made: at the end nobody waits for all. */
const syncedBytes = 32 * 1_024 * 1_024;

async function writeDraft(draft: string, content: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(draft, "w", 0o600);
  let [writing, syncing] = [Promise.resolve(), Promise.resolve()];
  try {
    let [bytes, synced] = [0, 0];
    for await (const chunk of content) {
      await writing;
      if (bytes - synced >= syncedBytes) {
        await syncing;
        synced = bytes;
        syncing = file.datasync();
        syncing.catch(() => {}); // as below
      }
      writing = file.writeFile(chunk);
      writing.catch(() => {}); // it is awaited, though perhaps long after it failed
      bytes += chunk.byteLength;
    }
    await Promise.all([writing, syncing]);
    await file.sync();
    return bytes;
  } catch (error) {
    await Promise.allSettled([writing, syncing]);
    await rm(draft, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}
