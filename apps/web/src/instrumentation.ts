/** Next calls it once, before the first request: a setting that is wrong shows itself now. */
export async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { start } = await import("./server/start");
    await start();
  }
}
