import "server-only";

/** Response with a file that is small enough to build in memory. */
export const toFileResponse = (
  name: string,
  type: string,
  content: string | Uint8Array<ArrayBuffer>,
) =>
  new Response(content, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      "cache-control": "no-store",
    },
  });
