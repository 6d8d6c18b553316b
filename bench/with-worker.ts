import { runApp } from "./run-app.ts";

/** A worker as it is started in production; keys and files lie in `folder`. */
export const withWorker = <T>(
  databaseUrl: string,
  folder: string,
  work: () => Promise<T>,
  more: Record<string, string> = {},
): Promise<T> =>
  runApp("worker", { databaseUrl, folder, more }, ({ stdout }, ended) => {
    stdout?.resume();
    return Promise.race([
      work(),
      ended.then(() => Promise.reject(new Error("the worker came to an end"))),
    ]);
  });
