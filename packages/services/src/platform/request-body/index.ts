export {
  type BodyMemoryLimits,
  type BodyWatch,
  type Release,
  type ReserveBodyMemory,
  createBodyBudget,
  createBodyWatch,
  createTurns,
  declaredLength,
  hasBody,
} from "./limit-bodies.ts";
