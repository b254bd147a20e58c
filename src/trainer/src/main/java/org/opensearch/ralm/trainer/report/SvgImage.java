package org.opensearch.ralm.trainer.report;

import java.awt.Dimension;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.knowm.xchart.internal.chartpart.Chart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Draws a chart as an SVG element that can stand in a page beside others. */
final class SvgImage {
    private static final String SVG = "http://www.w3.org/2000/svg";

    /** Of coordinates; a hundredth of a pixel is seen by nobody. */
    private static final int DECIMALS = 2;

    private SvgImage() {}

    /**
     * The element, without a prolog.
     *
     * @param name begins the ids in it, which must differ from those of all other images of the page
     * @param title read out where the image cannot be seen
     */
    static String of(Chart<?, ?> chart, String name, String title) {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(emptyDocument());
        context.setComment(null);
        context.setPrecision(DECIMALS);
        context.setIDGenerator(new SVGIDGenerator() {
            @Override
            public String generateID(String prefix) {
                return name + "-" + super.generateID(prefix);
            }
        });
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(chart.getWidth(), chart.getHeight()));
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        Element root = graphics.getRoot();
        root.removeChild(root.getFirstChild()); // definitions for all images of a page, none, with an id for all
        root.setAttribute("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight());
        root.setAttribute("role", "img");
        root.setAttribute("aria-label", title);
        String text = text(graphics, root);
        return text.substring(text.indexOf("<svg"));
    }

    private static String text(SVGGraphics2D graphics, Element root) {
        try (StringWriter writer = new StringWriter()) {
            graphics.stream(root, writer, true, false);
            return writer.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document emptyDocument() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
