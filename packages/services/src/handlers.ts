/** Handlers of events that an area below raises and an area above acts on, in the same transaction. */
import { watchCallLog } from "./audience/campaign/internal.ts";
import { callsRecorded } from "./calling/call/internal.ts";

callsRecorded.handle(watchCallLog);
