/** Handlers of events that an area below raises and an area above acts on, in the same transaction. */
import { watchCallLog } from "./audience/campaign/watch-log.ts";
import { callsRecorded } from "./calling/call/calls-recorded.ts";

callsRecorded.handle(watchCallLog);
