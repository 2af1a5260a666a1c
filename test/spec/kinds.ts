/** What the facts say of the query kinds: names, fields, defaults and words, as literals. */

/** The kinds that servers accepted in September 2025. */
export const kinds: readonly string[] = `
  EventsNode ActionsNode PersonsNode DataWarehouseNode EventsQuery ActorsQuery GroupsQuery InsightActorsQuery InsightActorsQueryOptions
  SessionsTimelineQuery HogQuery HogQLQuery HogQLMetadata HogQLAutocomplete HogQLASTQuery SessionAttributionExplorerQuery
  RevenueExampleEventsQuery RevenueExampleDataWarehouseTablesQuery ErrorTrackingQuery ErrorTrackingIssueCorrelationQuery
  ExperimentFunnelsQuery ExperimentTrendsQuery ExperimentQuery ExperimentExposureQuery WebOverviewQuery WebStatsTableQuery
  WebExternalClicksTableQuery WebGoalsQuery WebVitalsQuery WebVitalsPathBreakdownQuery WebPageURLSearchQuery
  WebAnalyticsExternalSummaryQuery RevenueAnalyticsGrossRevenueQuery RevenueAnalyticsMetricsQuery RevenueAnalyticsMRRQuery
  RevenueAnalyticsOverviewQuery RevenueAnalyticsTopCustomersQuery MarketingAnalyticsTableQuery DataVisualizationNode DataTableNode
  SavedInsightNode InsightVizNode TrendsQuery FunnelsQuery RetentionQuery PathsQuery StickinessQuery LifecycleQuery
  FunnelCorrelationQuery DatabaseSchemaQuery LogsQuery SuggestedQuestionsQuery TeamTaxonomyQuery EventTaxonomyQuery
  ActorsPropertyTaxonomyQuery TracesQuery VectorSearchQuery`
  .trim()
  .split(/\s+/);

export const queries: readonly string[] = "HogQLQuery EventsQuery TrendsQuery FunnelsQuery RetentionQuery PathsQuery StickinessQuery LifecycleQuery ActorsQuery HogQLMetadata".split(" ");
/** The kinds whose fields are all known. */
export const modelled: readonly string[] = [...queries, "EventsNode", "ActionsNode", "DataWarehouseNode"];

/** What a modelled kind needs beside `kind`, and nothing more. */
export const minimal: { readonly [kind: string]: { readonly [name: string]: unknown } } = {
  HogQLQuery: { query: "select 1" },
  EventsQuery: { select: ["*"] },
  TrendsQuery: { series: [] },
  FunnelsQuery: { series: [] },
  RetentionQuery: { retentionFilter: {} },
  PathsQuery: { pathsFilter: {} },
  StickinessQuery: { series: [] },
  LifecycleQuery: { series: [] },
  ActorsQuery: {},
  HogQLMetadata: { language: "hogQL", query: "select 1" },
  EventsNode: {},
  ActionsNode: { id: 1 },
  DataWarehouseNode: { id: "a", id_field: "b", table_name: "c", timestamp_field: "d", distinct_id_field: "e" },
};

interface Shape {
  readonly required: string;
  readonly fields: string;
  readonly defaults?: { readonly [name: string]: unknown };
}

const node = "kind version response";
const query = `${node} modifiers tags`;
const insight = `${query} dateRange filterTestAccounts properties samplingFactor dataColorTheme`;
const byGroup = `${insight} aggregation_group_type_index`;
const entity = `${node} name custom_name math math_property math_property_type math_property_revenue_currency math_hogql math_multiplier math_group_type_index properties fixedProperties`;
const insightDefaults = { filterTestAccounts: false, properties: [] };

/** What each schema has, by the client of September 2025 and the fields of 2026 that the facts name. */
export const shapes: { readonly [key: string]: Shape } = {
  TrendsQuery: { required: "kind series", fields: `${byGroup} series interval trendsFilter breakdownFilter compareFilter conversionGoal calendarHeatmapFilter`, defaults: { ...insightDefaults, interval: "day" } },
  FunnelsQuery: { required: "kind series", fields: `${byGroup} series interval funnelsFilter breakdownFilter compareFilter`, defaults: insightDefaults },
  RetentionQuery: { required: "kind retentionFilter", fields: `${byGroup} retentionFilter breakdownFilter`, defaults: insightDefaults },
  PathsQuery: { required: "kind pathsFilter", fields: `${byGroup} pathsFilter funnelPathsFilter`, defaults: insightDefaults },
  StickinessQuery: { required: "kind series", fields: `${insight} series interval intervalCount stickinessFilter compareFilter`, defaults: { ...insightDefaults, interval: "day" } },
  LifecycleQuery: { required: "kind series", fields: `${byGroup} series interval lifecycleFilter customAggregationTarget`, defaults: { ...insightDefaults, interval: "day" } },
  ActorsQuery: { required: "kind", fields: `${query} source select search properties fixedProperties orderBy limit offset` },
  HogQLMetadata: { required: "kind language query", fields: `${query} language query sourceQuery globals filters variables debug` },
  EventsNode: { required: "kind", fields: `${entity} event limit orderBy optionalInFunnel` },
  ActionsNode: { required: "kind id", fields: `${entity} id optionalInFunnel` },
  DataWarehouseNode: { required: "kind id id_field table_name timestamp_field distinct_id_field", fields: `${entity} id id_field table_name timestamp_field distinct_id_field dw_source_type optionalInFunnel` },
  GroupNode: { required: "kind operator nodes", fields: `${entity} operator nodes limit orderBy optionalInFunnel` },
  FunnelExclusionEventsNode: { required: "kind funnelFromStep funnelToStep", fields: `${entity} event limit orderBy optionalInFunnel funnelFromStep funnelToStep` },
  FunnelExclusionActionsNode: { required: "kind id funnelFromStep funnelToStep", fields: `${entity} id optionalInFunnel funnelFromStep funnelToStep` },
  RevenueCurrencyPropertyConfig: { required: "", fields: "property static" },
  CompareFilter: { required: "", fields: "compare compare_to", defaults: { compare: false } },
  DateRange: { required: "", fields: "date_from date_to explicitDate", defaults: { explicitDate: false } },
  ActionConversionGoal: { required: "actionId", fields: "actionId" },
  CustomEventConversionGoal: { required: "customEventName", fields: "customEventName" },
  TrendsFormulaNode: { required: "formula", fields: "formula custom_name" },
  GoalLine: { required: "label value", fields: "label value borderColor displayIfCrossed displayLabel" },
  ResultCustomization: { required: "", fields: "assignmentBy color hidden" },
  BreakdownFilter: { required: "", fields: "breakdown breakdown_type breakdowns breakdown_limit breakdown_group_type_index breakdown_hide_other_aggregation breakdown_histogram_bin_count breakdown_normalize_url" },
  Breakdown: { required: "property", fields: "property type group_type_index histogram_bin_count normalize_url" },
  TrendsFilter: {
    required: "",
    fields:
      "aggregationAxisFormat aggregationAxisPostfix aggregationAxisPrefix breakdown_histogram_bin_count confidenceLevel decimalPlaces display formula formulas formulaNodes goalLines hiddenLegendIndexes minDecimalPlaces movingAverageIntervals resultCustomizationBy resultCustomizations showAlertThresholdLines showConfidenceIntervals showLabelsOnSeries showLegend showMovingAverage showMultipleYAxes showPercentStackView showTrendLines showValuesOnSeries smoothingIntervals yAxisScaleType xAxisLabel yAxisLabel legendPosition stackBreakdownValues detailedResultsAggregationType excludeBoxPlotOutliers hideWeekends showAnnotations",
    defaults: {
      aggregationAxisFormat: "numeric", display: "ActionsLineGraph", resultCustomizationBy: "value", showAlertThresholdLines: false, showLegend: false, showMultipleYAxes: false,
      showPercentStackView: false, showValuesOnSeries: false, smoothingIntervals: 1, excludeBoxPlotOutliers: true, showAnnotations: true,
    },
  },
  FunnelsFilter: {
    required: "",
    fields:
      "binCount breakdownAttributionType breakdownAttributionValue exclusions funnelAggregateByHogQL funnelFromStep funnelToStep funnelOrderType funnelStepReference funnelVizType funnelWindowInterval funnelWindowIntervalUnit goalLines hiddenLegendBreakdowns layout resultCustomizations showValuesOnSeries useUdf",
    defaults: {
      breakdownAttributionType: "first_touch", exclusions: [], funnelOrderType: "ordered", funnelStepReference: "total", funnelVizType: "steps", funnelWindowInterval: 14,
      funnelWindowIntervalUnit: "day", layout: "vertical",
    },
  },
  RetentionFilter: {
    required: "",
    fields:
      "retentionType retentionReference totalIntervals minimumOccurrences returningEntity targetEntity period cumulative meanRetentionCalculation display dashboardDisplay showTrendLines timeWindowMode retentionCustomBrackets aggregationType aggregationProperty aggregationPropertyType selectedInterval goalLines cohortLabelStartIndex",
    defaults: { period: "Day", totalIntervals: 8 },
  },
  RetentionEntity: { required: "", fields: "id type kind name custom_name order uuid properties" },
  PathsFilter: {
    required: "",
    fields:
      "edgeLimit stepLimit includeEventTypes startPoint endPoint pathGroupings excludeEvents pathsHogQLExpression pathReplacements localPathCleaningFilters minEdgeWeight maxEdgeWeight pathStartKey pathEndKey pathDropoffKey showFullUrls",
    defaults: { edgeLimit: 50, stepLimit: 5 },
  },
  FunnelPathsFilter: { required: "funnelSource", fields: "funnelSource funnelPathType funnelStep" },
  PathCleaningFilter: { required: "", fields: "alias regex order" },
  StickinessFilter: { required: "", fields: "display showLegend showValuesOnSeries showMultipleYAxes hiddenLegendIndexes stickinessCriteria computedAs resultCustomizationBy resultCustomizations", defaults: { resultCustomizationBy: "value" } },
  StickinessCriteria: { required: "operator value", fields: "operator value" },
  LifecycleFilter: { required: "", fields: "showLegend showValuesOnSeries stacked toggledLifecycles", defaults: { showLegend: false, stacked: true } },
};

/** Fields of 2026 beyond those that the facts name one by one. */
export const otherFields: { readonly [key: string]: readonly string[] } = {
  TrendsFilter: "metricSummary metricShowChange metricColorByDirection metricChangeIncreaseColor metricChangeDecreaseColor metricLineIncreaseColor metricLineDecreaseColor".split(" "),
  FunnelsFilter: "breakdownSorting customAggregationTarget hideIncompleteConversionWindowPeriods legendPosition showAnnotations showLegend showTrendLines".split(" "),
  RetentionFilter: ["customAggregationTarget"],
  RetentionEntity: ["table_name", "timestamp_field", "aggregation_target_field"],
  StickinessFilter: ["legendPosition"],
  LifecycleFilter: ["legendPosition", "showPercentagesOnSeries"],
  GoalLine: ["position"],
  BreakdownFilter: ["breakdown_path_cleaning"],
};

const perActor = "avg min max median p75 p90 p95 p99".split(" ").map((word) => `${word}_count_per_actor`).join(" ");

/** The words that a schema, or a field of one, takes. */
export const vocabularies: readonly (readonly [key: string, field: string, words: string])[] = [
  ["MathType", "", `total dau weekly_active monthly_active unique_session first_time_for_user first_matching_event_for_user avg sum min max median p75 p90 p95 p99 ${perActor} unique_group hogql first_time_for_user_with_filters`],
  ["IntervalType", "", "minute hour day week month"],
  ["HogLanguage", "", "hog hogJson hogQL hogQLExpr hogTemplate liquid"],
  ["ChartDisplayType", "", "ActionsLineGraph ActionsBar ActionsStackedBar ActionsAreaGraph ActionsLineGraphCumulative BoldNumber ActionsPie ActionsBarValue ActionsTable WorldMap CalendarHeatmap"],
  ["TrendsFilter", "aggregationAxisFormat", "numeric duration duration_ms percentage percentage_scaled currency short"],
  ["TrendsFilter", "resultCustomizationBy", "value position"],
  ["TrendsFilter", "yAxisScaleType", "log10 linear"],
  ["TrendsFilter", "detailedResultsAggregationType", "total average median"],
  ["FunnelsFilter", "breakdownAttributionType", "first_touch last_touch all_events step"],
  ["FunnelsFilter", "funnelOrderType", "ordered strict unordered"],
  ["FunnelsFilter", "funnelStepReference", "total previous"],
  ["FunnelsFilter", "funnelVizType", "steps time_to_convert trends"],
  ["FunnelsFilter", "funnelWindowIntervalUnit", "second minute hour day week month"],
  ["FunnelsFilter", "layout", "vertical horizontal"],
  ["RetentionFilter", "retentionType", "retention_recurring retention_first_time retention_first_ever_occurrence"],
  ["RetentionFilter", "retentionReference", "total previous"],
  ["RetentionFilter", "period", "Hour Day Week Month"],
  ["RetentionFilter", "meanRetentionCalculation", "simple weighted none"],
  ["RetentionFilter", "dashboardDisplay", "table_only graph_only all"],
  ["RetentionFilter", "timeWindowMode", "strict_calendar_dates 24_hour_windows"],
  ["RetentionFilter", "aggregationType", "count sum avg"],
  ["RetentionEntity", "type", "actions events data_warehouse new_entity"],
  ["RetentionEntity", "kind", "ActionsNode EventsNode"],
  ["PathsFilter", "includeEventTypes", "$pageview $screen custom_event hogql"],
  ["FunnelPathsFilter", "funnelPathType", "funnel_path_before_step funnel_path_between_steps funnel_path_after_step"],
  ["StickinessCriteria", "operator", "gte lte exact"],
  ["StickinessFilter", "computedAs", "non_cumulative cumulative"],
  ["LifecycleFilter", "toggledLifecycles", "new resurrecting returning dormant"],
];

/** The answer to each kind that has one of its own, and to those that wrap a query. */
export const answers: { readonly [kind: string]: string } = {
  HogQLQuery: "CachedHogQLQueryResponse",
  EventsQuery: "CachedEventsQueryResponse",
  TrendsQuery: "CachedTrendsQueryResponse",
  FunnelsQuery: "CachedFunnelsQueryResponse",
  RetentionQuery: "CachedRetentionQueryResponse",
  PathsQuery: "CachedPathsQueryResponse",
  StickinessQuery: "CachedStickinessQueryResponse",
  LifecycleQuery: "CachedLifecycleQueryResponse",
  ActorsQuery: "CachedActorsQueryResponse",
  HogQLMetadata: "HogQLMetadataResponse",
  HogQuery: "HogQueryResponse",
  DataVisualizationNode: "OpenQueryResponse",
  DataTableNode: "OpenQueryResponse",
  InsightVizNode: "OpenQueryResponse",
};
