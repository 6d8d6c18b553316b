import { createReadStream } from "node:fs";
import { access, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { FileName, FolderName } from "./file-name.ts";

/** Storage for uploads and results, which are large and can be erased, so they are not in the database. */
export type FileStore = {
  /**
   * Writes a file completely or not at all: a killed writer leaves nothing under the name. An earlier file of that name
   * is replaced. Returns the length in bytes. A chunk is written while the next one is produced, so it must stay
   * unchanged until the one after that is requested.
   */
  write: (name: FileName, content: AsyncIterable<Uint8Array>) => Promise<number>;
  /** Streams a file. The first chunk throws `ENOENT` if there is no such file. */
  read: (name: FileName) => AsyncIterable<Uint8Array>;
  /** Deletes a file. Does nothing if there is none. */
  erase: (name: FileName) => Promise<void>;
  has: (name: FileName) => Promise<boolean>;
  /** Puts the file `by` in the place of `name`, whose folder must exist. Afterwards there is no `by`. */
  replace: (name: FileName, by: FileName) => Promise<void>;
  /** Erases what a killed writer left of a file. */
  eraseDraft: (name: FileName) => Promise<void>;
  /**
   * Erases the files of a folder, including drafts, except those for which `isKept` returns true. `isKept` gets
   * the name with the folder, also of drafts. Nobody may write into the folder meanwhile, because their draft would be
   * erased. Does nothing if there is no such folder.
   */
  eraseIn: (folder: FolderName, isKept: (name: string) => boolean) => Promise<void>;
  /** Lists the files of a folder that were last written before a time. Drafts are left out. */
  listOlder: (folder: FolderName, before: Date) => Promise<FileName[]>;
  /** Erases what killed writers left in a folder and last wrote before a time. */
  eraseOldDrafts: (folder: FolderName, before: Date) => Promise<void>;
};

/** Opens a folder of files that only this user can read. Throws for a bucket. */
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
      // Each name has one writer at a time: ids are never reused, and a run has one worker.
      const draft = draftPath(place);
      const bytes = await writeDraft(draft, content);
      await rename(draft, place);
      return bytes;
    },
    read: (name) => streamFile(filePath(name)),
    erase: (name) => rm(filePath(name), { force: true }),
    has: (name) => access(filePath(name)).then(() => true, falseIfMissing),
    replace: (name, by) => rename(filePath(by), filePath(name)),
    eraseDraft: (name) => rm(draftPath(filePath(name)), { force: true }),
    async eraseIn(name, isKept) {
      const place = folderPath(name);
      for (const file of await readFolder(place)) {
        if (!isKept(`${name}/${file}`)) await rm(path.join(place, file), { force: true });
      }
    },
    async listOlder(name, before) {
      const older = await readOlder(folderPath(name), before);
      return older.flatMap((file) => FileName.safeParse(`${name}/${file}`).data ?? []);
    },
    async eraseOldDrafts(name, before) {
      const place = folderPath(name);
      for (const file of await readOlder(place, before)) {
        if (file.endsWith(DRAFT)) await rm(path.join(place, file), { force: true });
      }
    },
  };
}

const DRAFT = ".draft";
const draftPath = (place: string) => `${place}${DRAFT}`;

/** Returns the names of a folder's files that were last written before a time. */
async function readOlder(place: string, before: Date): Promise<string[]> {
  const older: string[] = [];
  for (const file of await readFolder(place)) {
    const written = await stat(path.join(place, file)).then(({ mtime }) => mtime, falseIfMissing);
    if (written !== false && written < before) older.push(file);
  }
  return older;
}

/** Handles an error about a file: returns false if the file does not exist, and rethrows any other error. */
function falseIfMissing(error: NodeJS.ErrnoException): false {
  if (error.code === "ENOENT") return false;
  throw error;
}

/** Reads the names in a folder; none if there is no such folder. */
const readFolder = (place: string): Promise<string[]> =>
  readdir(place).catch((error: NodeJS.ErrnoException) => {
    falseIfMissing(error);
    return [];
  });

/**
 * Opens the file when it is read: a stream that nobody reads would stay open, and end the process if it
 * fails.
 */
async function* streamFile(place: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(place, { highWaterMark: pieceBytes });
}

/** Piece size for reading. A busy process returns too seldom for smaller pieces. */
const pieceBytes = 1_024 * 1_024;

/** After this many bytes, a sync starts while the next chunks are produced, so that the final sync is short. */
const syncedBytes = 32 * 1_024 * 1_024;

async function writeDraft(draft: string, content: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(draft, "w", 0o600);
  // Errors are thrown where these are awaited. Until then, an empty `catch` keeps them from counting as unhandled.
  let [writing, syncing] = [Promise.resolve(), Promise.resolve()];
  try {
    let [bytes, synced] = [0, 0];
    for await (const chunk of content) {
      await writing;
      if (bytes - synced >= syncedBytes) {
        await syncing;
        synced = bytes;
        syncing = file.datasync();
        syncing.catch(() => {});
      }
      writing = file.writeFile(chunk);
      writing.catch(() => {});
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
