/** Next calls this once before the first request, so that a wrong setting is found at startup. */
export async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { start } = await import("./server/start");
    await start();
  }
}
