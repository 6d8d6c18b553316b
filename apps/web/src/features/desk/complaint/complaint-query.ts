import { createLoader, createSerializer, parseAsBoolean } from "nuqs/server";
import { parseAsTrail } from "@/components/trail";

const query = { settled: parseAsBoolean.withDefault(false), after: parseAsTrail };

/** Loads the state of the complaints page from its address. */
export const loadComplaintQuery = createLoader(query);

const serialize = createSerializer(query);
export const complaintsPath = (state: { settled: boolean; after: string[] }) =>
  serialize("/complaints", state);
