import { z } from "zod";

export type Sent =
  | { id: string }
  /** `path` is the field at fault, as a JSON pointer; without a message nothing was answered. */
  | { message: string | null; path: string | null };

const Taken = z.object({ id: z.uuid() });
const Refused = z.object({ message: z.string(), path: z.string().nullish() });

/**
 * Sends a file as it is read from disk, and tells how much of it is there: the one thing that `fetch`
 * does not tell. Gives the request too, so that it can be ended.
 */
export function sendFile(
  file: File,
  address: string,
  onProgress: (bytes: number) => void,
): { request: XMLHttpRequest; sent: Promise<Sent> } {
  const request = new XMLHttpRequest();
  request.open("POST", address);
  request.setRequestHeader("content-type", "text/csv");
  request.setRequestHeader("x-file-name", encodeURIComponent(file.name));
  request.upload.addEventListener("progress", ({ loaded }) => onProgress(loaded));
  const sent = new Promise<Sent>((resolve) => {
    request.addEventListener("loadend", () => resolve(answerOf(request.responseText)));
  });
  request.send(file);
  return { request, sent };
}

function answerOf(text: string): Sent {
  const answer: unknown = text.startsWith("{") ? JSON.parse(text) : null;
  const taken = Taken.safeParse(answer);
  if (taken.success) return taken.data;

  const { message = null, path = null } = Refused.safeParse(answer).data ?? {};
  return { message, path };
}
