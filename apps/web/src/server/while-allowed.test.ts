import { expect, it } from "vitest";
import { whileAllowed } from "./while-allowed";

const pieces = () =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const word of ["one", "two"]) controller.enqueue(new TextEncoder().encode(word));
      controller.close();
    },
  });

/** Allows this many pieces. */
const leaveFor = (count: number) => {
  let asked = 0;
  return async () => ++asked <= count;
};

it("passes everything on while access is allowed", async () => {
  const sent = pieces().pipeThrough(whileAllowed(async () => true));
  expect(await new Response(sent).text()).toBe("onetwo");
});

it("breaks off when access is revoked", async () => {
  const reader = pieces()
    .pipeThrough(whileAllowed(leaveFor(1)))
    .getReader();
  expect((await reader.read()).value).toEqual(new TextEncoder().encode("one"));
  await expect(reader.read()).rejects.toThrow("may no longer read");
});
