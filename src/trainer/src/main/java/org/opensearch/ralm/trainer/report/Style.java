package org.opensearch.ralm.trainer.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Circle;
import org.knowm.xchart.style.markers.Marker;

/** How all charts look: one size, one font, colours that the colour-blind tell apart, the legend below. */
final class Style {
    /** Okabe and Ito's colours, the darker ones first. */
    private static final Color[] COLORS = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0xE69F00),
        new Color(0x56B4E9),
    };

    static final Color FAINT = new Color(0x9AA3AB);
    private static final Color GRID = new Color(0xE3E7EA);
    private static final Color TEXT = new Color(0x2B3137);
    private static final int WIDTH = 560;
    private static final int HEIGHT = 380;

    private Style() {}

    /** Fails in one of AWT's many ways if there is no font. */
    static void requireFont() {
        new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics().getFontMetrics(font(Font.PLAIN, 12));
    }

    /** The colour of the n-th series. */
    static Color color(int series) {
        return COLORS[series % COLORS.length];
    }

    /** The colour of what fills the area of the n-th series, through which another can be seen. */
    static Color translucent(int series) {
        Color color = color(series);
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), 80);
    }

    static XYChart xy(String title, String xAxis, String yAxis) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xAxis)
                .yAxisTitle(yAxis)
                .build();
        apply(chart.getStyler());
        return chart;
    }

    static CategoryChart category(String title, String xAxis, String yAxis) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xAxis)
                .yAxisTitle(yAxis)
                .build();
        apply(chart.getStyler());
        return chart;
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    private static void apply(AxesChartStyler styler) {
        styler.setLocale(Locale.ROOT);
        styler.setBaseFont(font(Font.PLAIN, 12));
        styler.setChartTitleFont(font(Font.BOLD, 14));
        styler.setAxisTitleFont(font(Font.PLAIN, 12));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 11));
        styler.setLegendFont(font(Font.PLAIN, 12));
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setChartFontColor(TEXT);
        styler.setAxisTickLabelsColor(TEXT);
        styler.setAxisTickMarksColor(FAINT);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setChartTitleBoxVisible(false);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setSeriesColors(COLORS);
        styler.setSeriesMarkers(new Marker[] {new Circle()});
        styler.setMarkerSize(5);
    }
}
