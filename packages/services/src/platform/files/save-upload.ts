import type { FileStore } from "./open-files.ts";
import type { FileName } from "./file-name.ts";

/** Saves an uploaded file, then runs `record` with its length. If that throws, the file is erased again. */
export async function saveUpload<T>(
  files: FileStore,
  name: FileName,
  content: AsyncIterable<Uint8Array>,
  record: (bytes: number) => Promise<T>,
): Promise<T> {
  const bytes = await files.write(name, content);
  try {
    return await record(bytes);
  } catch (error) {
    await files.erase(name);
    throw error;
  }
}

/** Passes a file on, after showing each chunk to `see`. */
export async function* watchChunks(
  content: AsyncIterable<Uint8Array>,
  see: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    see(chunk);
    yield chunk;
  }
}
