import { makeLookups } from "./lookups.ts";
import type { PlannedFile } from "./plan-file.ts";
import { makeFileReader } from "./read-file.ts";
import { type FileScreening, makeRowJudge, makeRowWriter } from "./screen-rows.ts";

/** Screens a file where it is asked for: for a small one, to start a thread takes longer than the work. */
export const screenHere = (
  content: AsyncIterable<Uint8Array>,
  plan: PlannedFile,
): FileScreening => ({
  async *screened(by) {
    const file = makeFileReader(plan);
    const { own, registries } = by.snapshot;
    const look = makeLookups({ phones: own.phones, registries });
    const [judge, writer] = [makeRowJudge(plan, by), makeRowWriter(plan)];
    const screen = function* (read: ReturnType<typeof file.end>) {
      for (const some of read) {
        yield "written" in some ? some : writer.write(judge.judge(some, look(some.digits)));
      }
    };
    for await (const piece of content) yield* screen(file.read(piece));
    yield* screen(file.end());
    yield { inputHash: file.hash(), counts: judge.counts() };
  },
  stop: () => Promise.resolve(),
});
