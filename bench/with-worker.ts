import { runApp } from "./run-app.ts";

type Work<T> = () => Promise<T>;

/** Runs a worker as in production; keys and files lie in `folder`. */
export const withWorker = <T>(
  databaseUrl: string,
  folder: string,
  work: Work<T>,
  more: Record<string, string> = {},
): Promise<T> => runWorker({ databaseUrl, folder, more }, work);

/** Runs the one worker that signs the ledger. */
export const withSigner = <T>(databaseUrl: string, folder: string, work: Work<T>): Promise<T> => {
  const more = { LEDGER_ORIGIN: "ledger.example/bench" };
  return runWorker({ databaseUrl, folder, flags: ["--signer"], more }, work);
};

const runWorker = <T>(environment: Parameters<typeof runApp>[1], work: Work<T>): Promise<T> =>
  runApp("worker", environment, ({ stdout }, ended) => {
    stdout?.resume();
    return Promise.race([
      work(),
      ended.then(() => Promise.reject(new Error("the worker came to an end"))),
    ]);
  });
