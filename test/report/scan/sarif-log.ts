import { z } from 'zod';

/** The part of SARIF 2.1.0 that a scan writes, as the standard has it, and stricter where GitHub is. */

const text = z.string().min(1);
const message = z.strictObject({ text, markdown: text.optional() });
const line = z.number().int().min(1);
const level = z.enum(['none', 'note', 'warning', 'error']);

const region = z
  .strictObject({
    startLine: line,
    startColumn: line.optional(),
    endLine: line.optional(),
    endColumn: line.optional(),
    snippet: z.strictObject({ text }).optional(),
  })
  .refine(({ startLine, endLine = startLine }) => endLine >= startLine, 'a region ends before it begins')
  .refine(
    ({ startLine, endLine = startLine, startColumn = 1, endColumn = Infinity }) =>
      endLine > startLine || endColumn >= startColumn,
    'a region ends before it begins',
  );

/** RFC 3986: what no character of a path needs percent-encoding for, and no scheme. */
const relativeUri = z.string().regex(/^(?!\/)(?![^/]*:)(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9A-F]{2})+$/);

const artifactLocation = z.union([
  z.strictObject({ uri: relativeUri, uriBaseId: z.literal('%SRCROOT%') }),
  z.strictObject({ uri: z.string().regex(/^file:\/\/\/(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9A-F]{2})+$/) }),
]);

const location = z.strictObject({
  physicalLocation: z.strictObject({ artifactLocation, region }),
  logicalLocations: z
    .array(z.strictObject({ name: text, fullyQualifiedName: text, kind: text }))
    .min(1)
    .optional(),
});

const rule = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: z
    .string()
    .regex(/^([A-Z][a-z0-9]*|[0-9]+)+$/)
    .optional(),
  shortDescription: z.strictObject({ text: text.max(1024) }),
  fullDescription: z.strictObject({ text: text.max(1024) }),
  help: z.strictObject({ text, markdown: text }),
  helpUri: z.url().optional(),
  defaultConfiguration: z.strictObject({ level }),
  properties: z.strictObject({
    tags: z.array(text).max(20),
    precision: z.enum(['very-high', 'high', 'medium', 'low']),
    'problem.severity': z.enum(['error', 'warning', 'recommendation']),
  }),
});

const result = z.strictObject({
  ruleId: text,
  ruleIndex: z.number().int().min(0),
  level,
  message,
  locations: z.array(location).min(1).max(1),
  partialFingerprints: z.strictObject({ 'dockershimMigrate/v1': z.string().regex(/^[0-9a-f]{32}$/) }),
  suppressions: z
    .array(
      z.strictObject({
        kind: z.enum(['inSource', 'external']),
        status: z.enum(['accepted', 'underReview', 'rejected']),
        justification: text,
      }),
    )
    .optional(),
  properties: z.strictObject({
    confidence: z.enum(['definite', 'possible']),
    pods: z.number().int().min(0).optional(),
    owners: z.array(text).optional(),
    inTemplate: z.literal(true).optional(),
  }),
});

const notification = z.strictObject({
  level,
  descriptor: z.strictObject({ id: text }),
  message,
  locations: z.array(location).optional(),
});

export const sarifLog = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: text,
          version: text.optional(),
          semanticVersion: text.optional(),
          rules: z.array(rule),
        }),
      }),
      columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
      originalUriBaseIds: z.record(text, z.strictObject({ description: message })),
      invocations: z.tuple([
        z.strictObject({ executionSuccessful: z.boolean(), toolExecutionNotifications: z.array(notification) }),
      ]),
      results: z.array(result),
    }),
  ]),
});
