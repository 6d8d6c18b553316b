import { createLoader, createSerializer, parseAsBoolean } from "nuqs/server";
import { parseAsTrail } from "@/components/trail";

const query = { settled: parseAsBoolean.withDefault(false), after: parseAsTrail };

/** Which complaints are shown: the state of the page. */
export const loadComplaintQuery = createLoader(query);

const serialize = createSerializer(query);
export const complaintsPath = (state: { settled: boolean; after: string[] }) =>
  serialize("/complaints", state);
