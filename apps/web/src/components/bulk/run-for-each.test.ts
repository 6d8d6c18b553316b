import { expect, it } from "vitest";
import { runForEach } from "./run-for-each";

const rows = ["a", "b", "c"].map((id) => ({ id, name: id.toUpperCase(), refusal: null }));

it("goes on after a row that is refused, and says why that one was", async () => {
  const acted: string[] = [];
  const finished: number[] = [];
  const act = async (id: string) => {
    acted.push(id);
    if (id === "b") throw new Error("It is closed already.");
  };
  expect(await runForEach(rows, act, (count) => finished.push(count))).toEqual({
    done: 2,
    refused: [{ id: "b", name: "B", refusal: "It is closed already." }],
  });
  expect(acted).toEqual(["a", "b", "c"]);
  expect(finished).toEqual([1, 2, 3]);
});
