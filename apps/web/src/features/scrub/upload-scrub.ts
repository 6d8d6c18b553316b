import { ScrubId } from "@ringfence/core/ids";
import { z } from "zod";

/** What a file is screened for, as the address of the upload says it. */
export type UploadSettings = {
  phoneColumn: string;
  header: "true" | "false";
  region: string;
  purpose: string;
  seller: string;
  dialer: string;
};

export type Upload =
  | { id: ScrubId }
  /** `path` is the field at fault, as a JSON pointer; without a message nothing was answered. */
  | { message: string | null; path: string | null };

const Started = z.object({ id: ScrubId });
const Refused = z.object({ message: z.string(), path: z.string().nullish() });

/**
 * Sends a file as it is read from disk, and tells how much of it is there: the one thing that `fetch`
 * does not tell. Gives the request too, so that it can be ended.
 */
export function uploadScrub(
  file: File,
  settings: UploadSettings,
  onProgress: (bytes: number) => void,
): { request: XMLHttpRequest; upload: Promise<Upload> } {
  const request = new XMLHttpRequest();
  const given = Object.entries(settings).filter(([, value]) => value !== "");
  request.open("POST", `/api/scrubs?${new URLSearchParams(given)}`);
  request.setRequestHeader("content-type", "text/csv");
  request.setRequestHeader("x-file-name", encodeURIComponent(file.name));
  request.upload.addEventListener("progress", ({ loaded }) => onProgress(loaded));
  const upload = new Promise<Upload>((resolve) => {
    request.addEventListener("loadend", () => resolve(answerOf(request.responseText)));
  });
  request.send(file);
  return { request, upload };
}

function answerOf(text: string): Upload {
  const answer: unknown = text.startsWith("{") ? JSON.parse(text) : null;
  const started = Started.safeParse(answer);
  if (started.success) return started.data;

  const { message = null, path = null } = Refused.safeParse(answer).data ?? {};
  return { message, path };
}
