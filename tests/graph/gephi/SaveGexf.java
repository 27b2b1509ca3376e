import java.io.File;
import java.util.logging.LogManager;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.io.exporter.api.ExportController;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.statistics.plugin.Modularity;
import org.openide.util.Lookup;

/** Opens a GEXF file as Gephi does, moves each node, runs Modularity and saves the graph as GEXF. */
public class SaveGexf {
  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    Lookup.getDefault().lookup(ProjectController.class).newProject();
    ImportController importer = Lookup.getDefault().lookup(ImportController.class);
    Container container = importer.importFile(new File(arguments[0]));
    container.getLoader().setAutoScale(false);
    importer.process(container, new DefaultProcessor(), null);
    GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel();
    for (Node node : model.getGraph().getNodes()) {
      node.setPosition(-2 * node.x(), node.y() + 100);
    }
    Modularity modularity = new Modularity();
    modularity.setRandom(false);
    modularity.execute(model);
    Lookup.getDefault().lookup(ExportController.class).exportFile(new File(arguments[1]));
    System.exit(0);
  }
}
