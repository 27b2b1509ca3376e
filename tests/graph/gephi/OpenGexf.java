import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.logging.LogManager;
import org.gephi.graph.api.AttributeUtils;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.importer.api.Report;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.openide.util.Lookup;

/** Opens a GEXF file as Gephi does and prints, tab-separated, what its Data Laboratory would show. */
public class OpenGexf {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    Lookup.getDefault().lookup(ProjectController.class).newProject();
    ImportController importer = Lookup.getDefault().lookup(ImportController.class);
    Container container = importer.importFile(new File(arguments[0]));
    container.verify();
    issues(container.getReport());
    container.getLoader().setAutoScale(false);
    DefaultProcessor processor = new DefaultProcessor();
    importer.process(container, processor, null);
    issues(processor.getReport());
    GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel();
    columns("node", model.getNodeTable());
    columns("edge", model.getEdgeTable());
    for (Node node : model.getGraph().getNodes()) {
      line("node", text(node.getId()), text(node.getLabel()), node.x(), node.y(), node.size(), color(node.getColor()));
    }
    for (Edge edge : model.getGraph().getEdges()) {
      line("edge", text(edge.getSource().getId()), text(edge.getTarget().getId()), text(edge.getTypeLabel()),
          edge.getWeight(), edge.isDirected(), times(edge, model), text(edge.getAttribute("evidence")));
    }
    System.exit(0);
  }

  private static void issues(Report report) {
    if (report == null) {
      return;
    }
    for (Iterator<Issue> found = report.getIssues(1000); found.hasNext(); ) {
      Issue issue = found.next();
      line("issue", text(issue.getLevel()), text(issue.getMessage()));
    }
    line("report", text(report.getText()));
  }

  private static void columns(String kind, Table table) {
    for (Column column : table) {
      line("column", kind, column.getId(), text(column.getTitle()), column.getTypeClass().getSimpleName());
    }
  }

  private static String times(Edge edge, GraphModel model) {
    Object times = edge.getAttribute("timeset");
    return times == null ? "" : AttributeUtils.print(times, model.getTimeFormat(), model.getTimeZone());
  }

  private static String color(java.awt.Color color) {
    return String.format("#%02x%02x%02x", color.getRed(), color.getGreen(), color.getBlue());
  }

  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    Object shown = value.getClass().isArray() ? String.join("\u0001", (String[]) value) : value;
    return shown.toString().replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static void line(Object... cells) {
    StringBuilder joined = new StringBuilder();
    for (Object cell : cells) {
      joined.append(joined.length() == 0 ? "" : "\t").append(cell);
    }
    OUT.println(joined);
  }
}
