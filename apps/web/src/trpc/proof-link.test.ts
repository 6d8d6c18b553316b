import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { TRPCError, initTRPC } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createProofLink } from "./proof-link";

/** A server whose calls need a proof, and a page that is asked for it. */
function scene() {
  const server = { isProven: false, isBroken: false, received: [] as string[] };
  const gates = new Map<string, Promise<void>>();
  const { procedure, router } = initTRPC.create();
  const calls = router({
    act: procedure.input(z.string()).mutation(async ({ input }) => {
      server.received.push(input);
      const { isProven } = server;
      await gates.get(input);
      if (!isProven) throw new TRPCError({ code: "PRECONDITION_REQUIRED" });
      if (server.isBroken) throw new TRPCError({ code: "CONFLICT", message: "Changed meanwhile." });
      return `${input} done`;
    }),
  });
  /** Answers to the dialogs that the page has opened. */
  const dialogs: ((isProved: boolean) => void)[] = [];
  const ask = () =>
    new Promise<boolean>((resolve) => {
      dialogs.push((isProved) => {
        if (isProved) server.isProven = true;
        resolve(isProved);
      });
    });
  const client = createTRPCClient<typeof calls>({
    links: [
      createProofLink(ask),
      httpBatchLink({
        url: "http://localhost/trpc",
        maxItems: 1,
        fetch: (url, init) =>
          fetchRequestHandler({
            endpoint: "/trpc",
            req: new Request(url, init as RequestInit),
            router: calls,
          }),
      }),
    ],
  });
  const act = (input: string) => client.act.mutate(input).catch((error: Error) => error.message);
  const opened = (count: number) => expect.poll(() => dialogs.length).toBe(count);
  return { server, gates, dialogs, act, opened };
}

describe("a call that needs a proof", () => {
  it("is repeated once the member has given it", async () => {
    const { server, dialogs, act, opened } = scene();
    const answer = act("export");
    await opened(1);
    dialogs[0]?.(true);
    expect(await answer).toBe("export done");
    expect(server.received).toEqual(["export", "export"]);
    expect(await act("erase")).toBe("erase done");
    expect(dialogs).toHaveLength(1);
  });

  it("fails when the member closes the dialog, and asks again the next time", async () => {
    const { server, dialogs, act, opened } = scene();
    const answer = act("export");
    await opened(1);
    dialogs[0]?.(false);
    expect(await answer).toBe("PRECONDITION_REQUIRED");
    expect(server.received).toEqual(["export"]);

    const second = act("export");
    await opened(2);
    dialogs[1]?.(true);
    expect(await second).toBe("export done");
  });

  it("fails with the fault of the repeated call, which is not repeated again", async () => {
    const { server, dialogs, act, opened } = scene();
    const answer = act("export");
    await opened(1);
    server.isBroken = true;
    dialogs[0]?.(true);
    expect(await answer).toBe("Changed meanwhile.");

    server.isProven = false;
    const second = act("erase");
    await opened(2);
    dialogs[1]?.(true);
    server.isProven = false; // the proof has expired meanwhile
    expect(await second).toBe("PRECONDITION_REQUIRED");
    expect(server.received).toEqual(["export", "export", "erase", "erase"]);
    expect(dialogs).toHaveLength(2);
  });

  it("shares the answer with calls that are refused while the dialog is open", async () => {
    for (const isProved of [true, false]) {
      const { server, dialogs, act, opened } = scene();
      const answers = [act("export"), act("erase")];
      await expect.poll(() => server.received).toHaveLength(2);
      await opened(1);
      dialogs[0]?.(isProved);
      expect(await Promise.all(answers)).toEqual(
        isProved
          ? ["export done", "erase done"]
          : ["PRECONDITION_REQUIRED", "PRECONDITION_REQUIRED"],
      );
      expect(dialogs).toHaveLength(1);
    }
  });

  it("is repeated without asking if it is refused late, after the member has given a proof", async () => {
    const { server, gates, dialogs, act, opened } = scene();
    const gate = Promise.withResolvers<void>();
    gates.set("slow", gate.promise);
    const late = act("slow");
    await expect.poll(() => server.received).toEqual(["slow"]);
    const answer = act("export");
    await opened(1);
    dialogs[0]?.(true);
    expect(await answer).toBe("export done");
    gate.resolve();
    expect(await late).toBe("slow done");
    expect(dialogs).toHaveLength(1);
  });
});
