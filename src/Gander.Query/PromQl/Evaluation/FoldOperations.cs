namespace Gander.Query.PromQl.Evaluation;

/// <summary>The aggregations whose state is one float a step.</summary>
internal static class FoldOperations
{
    internal readonly struct Count : IFoldOperation
    {
        public static bool IgnoresHistograms => false;

        public static double First(double value) => 1;

        public static double Next(double state, double value) => state + 1;

        public static double Merge(double state, double other) => state + other;
    }

    internal readonly struct Group : IFoldOperation
    {
        public static bool IgnoresHistograms => false;

        public static double First(double value) => 1;

        public static double Next(double state, double value) => 1;

        public static double Merge(double state, double other) => 1;
    }

    internal readonly struct Min : IFoldOperation
    {
        public static bool IgnoresHistograms => true;

        public static double First(double value) => value;

        public static double Next(double state, double value) => value < state || double.IsNaN(state) ? value : state;

        public static double Merge(double state, double other) => Next(state, other);
    }

    internal readonly struct Max : IFoldOperation
    {
        public static bool IgnoresHistograms => true;

        public static double First(double value) => value;

        public static double Next(double state, double value) => value > state || double.IsNaN(state) ? value : state;

        public static double Merge(double state, double other) => Next(state, other);
    }
}
